import { createHash } from "node:crypto";
import type { SumEntry } from "./sum.ts";

/** What the first line of a chain hangs on. */
export const sumStart: string = "0".repeat(64);
/** The first word of a sum of this format. */
export const sumFormat = "surql.sum/1";

/** The chain of a line: SHA-256 over the chain of the line before and what this one says. */
export function chainOf(before: string, { name, checksum = "open" }: SumEntry): string {
  return createHash("sha256").update(`${before}\n${checksum}\n${name}\n`).digest("hex");
}

/** The text of a sum: the head, then a line for each file, in text order of names. Pure. */
export function renderSum(entries: readonly SumEntry[]): string {
  let chain = sumStart;
  const lines = entries
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((entry) => {
      chain = chainOf(chain, entry);
      return `${entry.checksum ?? "open"} ${chain} ${entry.name}\n`;
    });
  return `${sumFormat} ${chain}\n${lines.join("")}`;
}
