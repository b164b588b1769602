import type { AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";

/** A squash that the ledger of a database does not know yet, although it has applied what it stands for. */
export interface UnrecordedSquash {
  readonly squash: Migration;
  /** The rows of the versions that it stands for, in the order of applying. */
  readonly rows: readonly AppliedMigration[];
  /** The versions among them that are not applied: then it can neither be recorded nor run. */
  readonly missing: readonly string[];
}

/**
 * Finds the squashes of which a database has applied all that they stand for, or a part of it, under the old versions. One of which nothing is
 * applied is a migration like any other, as is one that is recorded. Pure.
 *
 * @param covered Versions that stood in the ledger until an earlier squash was recorded.
 */
export function unrecordedSquashes(
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
  covered: ReadonlySet<string>,
): readonly UnrecordedSquash[] {
  return migrations.flatMap((squash): readonly UnrecordedSquash[] => {
    const { replaces = [], version } = squash;
    const rows = ledger.filter((row) => replaces.includes(row.version));
    // What is only in its own row was applied as it is, or recorded; whether the file is still the same is asked elsewhere.
    if (rows.every((row) => row.version === version)) return [];
    const applied = new Set(rows.map((row) => row.version));
    const missing = replaces.filter((one) => !applied.has(one) && !covered.has(one));
    return [{ squash, rows, missing }];
  });
}
