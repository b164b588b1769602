import type { Database } from "@surql/connection";
import { listEvents, type AppliedMigration, type StoredEvent } from "@surql/history";
import type { SchemaSnapshot } from "@surql/snapshot";
import { readTargetSnapshot } from "../verification/read-target-snapshot.ts";

/** The snapshot that says how the schema was at a moment, or why there is none. */
export type UsableSnapshot =
  | { readonly snapshot: SchemaSnapshot; readonly why?: undefined }
  | { readonly snapshot?: undefined; readonly why: string };

/**
 * Reads snapshots by a position in the ledger: the schema when exactly the migrations up to there were applied.
 *
 * A snapshot of a version holds what was applied then, not only what the version builds on. So it is used only when it was taken with
 * as many migrations applied, and not before the version was rolled back for the last time.
 *
 * @param ledger In the order of applying.
 * @returns Asks the database once for each position.
 */
export function usableSnapshots(
  db: Database,
  ledger: readonly AppliedMigration[],
): (position: number) => Promise<UsableSnapshot> {
  const found = new Map<number, Promise<UsableSnapshot>>();
  let events: Promise<readonly StoredEvent[]> | undefined;
  const read = async (position: number): Promise<UsableSnapshot> => {
    const version = ledger[position]?.version;
    if (version === undefined) {
      return { why: "nothing is known of the schema before the first migration" };
    }
    const { snapshot, note } = await readTargetSnapshot(db, version);
    if (note !== undefined) return { why: note };
    if (snapshot === undefined) return { why: `there is no snapshot of ${version}` };
    const { migrationCount, createdAt } = snapshot;
    if (migrationCount !== position + 1) {
      return {
        why: `the snapshot of ${version} was taken with ${migrationCount} migrations applied, not ${position + 1}`,
      };
    }
    events ??= listEvents(db);
    const undone = (await events).findLast(
      ({ kind, versions }) => kind === "rollback" && versions.includes(version),
    );
    if (undone === undefined || undone.at < createdAt) return { snapshot };
    return {
      why: `the snapshot of ${version} was taken before that was rolled back and applied again`,
    };
  };
  return (position) => {
    const known = found.get(position) ?? read(position);
    found.set(position, known);
    return known;
  };
}
