import type { QuarantineEntry, QuarantineKind } from "surql/history";
import { amount } from "../output/amount.ts";

/** `user.bio`. */
export function nameOfKept(entry: {
  readonly table: string;
  readonly field?: string | null | undefined;
}): string {
  const { table, field } = entry;
  return field === undefined || field === null ? table : `${table}.${field}`;
}

/** `12 values`. */
export function keptAmount(kind: QuarantineKind, count: number): string {
  if (kind === "field") return amount(count, "value");
  return amount(count, kind === "edges" ? "edge" : "record");
}

/** What is kept, one line for each entry. */
export function renderKept(entries: readonly QuarantineEntry[]): readonly string[] {
  return entries.map(
    (entry) =>
      `  ${nameOfKept(entry)}: ${keptAmount(entry.kind, entry.count)}, kept ${entry.keptAt} when ${entry.migration} was rolled back`,
  );
}

/** What is kept still, and how to have it back. */
export function renderStillKept(entries: readonly QuarantineEntry[]): string {
  const events = [...new Set(entries.map(({ event }) => event))];
  return [
    "Kept since it was rolled back, and not given back:",
    ...renderKept(entries),
    ...events.map((event) => `To give it back: surql migrate restore ${event}`),
  ].join("\n");
}
