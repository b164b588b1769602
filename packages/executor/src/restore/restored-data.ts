import type { QuarantineEntry, QuarantineKind } from "@surql/history";

/** An entry that was put back, or would be. */
export interface RestoredData {
  readonly entry: string;
  readonly kind: QuarantineKind;
  readonly migration: string;
  readonly table: string;
  readonly field?: string | undefined;
  /** How many records or values were kept. */
  readonly records: number;
  /** How many were written since, and stayed: whole under `theirs`, with their gaps filled under `only-if-none`. */
  readonly stayed: number;
  /** How many values had no record any more to go back to. */
  readonly gone: number;
}

/** What the headers say about entries that were just put back. Pure. */
export function describeRestored(
  kept: readonly QuarantineEntry[],
  entries: readonly QuarantineEntry[],
): readonly RestoredData[] {
  const known = new Map(kept.map((entry) => [entry.id, entry]));
  return entries.map((entry) => {
    const { stayed = 0, gone = 0 } = known.get(entry.id)?.restored ?? {};
    return describeEntry(entry, { stayed, gone });
  });
}

/** An entry as it is told of. Pure. */
export function describeEntry(
  { id, kind, migration, table, field, count }: QuarantineEntry,
  { stayed, gone }: Pick<RestoredData, "stayed" | "gone">,
): RestoredData {
  return {
    entry: id,
    kind,
    migration,
    table,
    ...(field !== undefined && { field }),
    records: count,
    stayed,
    gone,
  };
}
