import type { AppliedMigration } from "./applied-migration.ts";

/**
 * Orders the rows of a ledger by when they were applied. Pure.
 *
 * Rows of ours carry a `sequence`, which no clock can upset; rows of other ports only a time. The two
 * lists are each put in order and then merged by time.
 */
export function orderApplied(rows: readonly AppliedMigration[]): readonly AppliedMigration[] {
  const ours = rows
    .filter((row) => row.sequence !== undefined)
    .toSorted((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0) || compareText(a.version, b.version));
  const theirs = rows
    .filter((row) => row.sequence === undefined)
    .toSorted((a, b) => compareText(a.appliedAt, b.appliedAt) || compareText(a.version, b.version));

  const merged: AppliedMigration[] = [];
  let next = 0;
  for (const row of ours) {
    for (let other = theirs[next]; other !== undefined; other = theirs[next]) {
      if (other.appliedAt > row.appliedAt) break;
      merged.push(other);
      next += 1;
    }
    merged.push(row);
  }
  return [...merged, ...theirs.slice(next)];
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
