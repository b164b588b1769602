import type { AppliedMigration } from "@surql/history";
import type { SchemaSnapshot } from "@surql/snapshot";

/** The time of a snapshot is the client's, that of a row the database's: so far they may be apart, in milliseconds. */
const clocksDiffer = 60_000;

/**
 * Why the snapshot of the current version does not show the schema that the applied migrations have left: other migrations were
 * applied when it was taken, or the version was rolled back and applied again since. `undefined` when it does. Pure.
 *
 * @param ledger In the order of applying.
 */
export function whyNotOfNow(
  { migrationCount, createdAt }: Pick<SchemaSnapshot, "migrationCount" | "createdAt">,
  ledger: readonly AppliedMigration[],
): string | undefined {
  if (migrationCount !== ledger.length) {
    return `its snapshot was taken with ${migrationCount} migrations applied, now ${ledger.length} are`;
  }
  const appliedAt = ledger.at(-1)?.appliedAt ?? createdAt;
  return Date.parse(createdAt) + clocksDiffer < Date.parse(appliedAt)
    ? "its snapshot was taken before it was rolled back and applied again"
    : undefined;
}
