import { sumFormat } from "./render-sum.ts";
import type { Sum, SumLine } from "./sum.ts";

/** Why a text is no sum: `conflict` for the markers of a merge that was not resolved. */
export interface SumFault {
  readonly fault: "conflict" | "invalid";
  /** From 1. */
  readonly line: number;
  /** What can be read of it all the same. */
  readonly lines: readonly SumLine[];
}

/** Reads a sum; line ends may be CRLF. Pure. */
export function parseSum(text: string): Sum | SumFault {
  const rows = text.split(/\r?\n/);
  if (rows.at(-1) === "") rows.pop();
  const lines = rows.flatMap((row) => lineIn(row) ?? []);
  const marker = rows.findIndex((row) => /^(<{7}|={7}|>{7}|\|{7})( |$)/.test(row));
  if (marker !== -1) return { fault: "conflict", line: marker + 1, lines };
  const head = new RegExp(`^${sumFormat} ([0-9a-f]{64})$`).exec(rows[0] ?? "")?.[1];
  if (head === undefined) return { fault: "invalid", line: 1, lines };
  const odd = rows.findIndex((row, index) => index > 0 && lineIn(row) === undefined);
  return odd === -1 ? { head, lines } : { fault: "invalid", line: odd + 1, lines };
}

function lineIn(row: string): SumLine | undefined {
  const [, checksum, chain, name] = /^(open|[0-9a-f]{64}) ([0-9a-f]{64}) (.+)$/.exec(row) ?? [];
  if (checksum === undefined || chain === undefined || name === undefined) return undefined;
  return { name, chain, checksum: checksum === "open" ? undefined : checksum };
}
