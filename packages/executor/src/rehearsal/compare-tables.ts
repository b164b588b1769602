import type { CountedTable } from "./count-tables.ts";
import type { RehearsedTable } from "./rehearsal.ts";

/** The tables of a moment in a rehearsal, and the migration that had run by then. */
export interface TableCount {
  readonly tables: ReadonlyMap<string, CountedTable>;
  /** `undefined` for the count before everything. */
  readonly version?: string | undefined;
}

/** What the counts of a rehearsal say about each table whose records or existence changed, by name. Pure. */
export function compareTables(counts: readonly TableCount[]): readonly RehearsedTable[] {
  const first = counts[0]?.tables ?? new Map<string, CountedTable>();
  const last = counts.at(-1)?.tables ?? first;
  const names = new Set([...first.keys(), ...last.keys()]);
  return [...names].toSorted().flatMap((table) => {
    const before = recordsOf(first, table);
    const after = recordsOf(last, table);
    if (before === undefined || after === undefined) return [];
    if (before === after || (before === null && after === 0)) return [];
    const lostIn = lossOf(table, counts);
    const isView = (first.get(table) ?? last.get(table))?.isView === true;
    return [
      {
        table,
        before,
        after,
        ...(isView && { isView: true as const }),
        ...(lostIn !== undefined && { lostIn }),
      },
    ];
  });
}

/** `null` when there is no such table, `undefined` when it could not be counted. */
function recordsOf(
  tables: ReadonlyMap<string, CountedTable>,
  table: string,
): number | null | undefined {
  const found = tables.get(table);
  return found === undefined ? null : found.records;
}

/** The migration that had run when a table was first seen to be gone or to hold fewer records than before. */
function lossOf(table: string, counts: readonly TableCount[]): string | undefined {
  return counts.find(({ tables }, position) => {
    const earlier = counts[position - 1]?.tables.get(table);
    const now = tables.get(table);
    return (
      earlier !== undefined && (now === undefined || (now.records ?? 0) < (earlier.records ?? 0))
    );
  })?.version;
}
