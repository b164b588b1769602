import type { Database } from "@surql/connection";

/** The connections that are switched on. A connection that nobody holds any more is forgotten. */
const switchedOn = new WeakSet<Database>();

/**
 * From now on, every migration that is applied over this connection stores a snapshot in its own transaction.
 * Other connections, to the same database too, stay as they are.
 *
 * @example
 * ```ts
 * enableAutoSnapshots(db);
 * await applyMigrations(db, migrations);
 * ```
 */
export function enableAutoSnapshots(db: Database): void {
  switchedOn.add(db);
}

/**
 * Migrations that are applied over this connection no longer store a snapshot.
 *
 * @example
 * ```ts
 * disableAutoSnapshots(db);
 * ```
 */
export function disableAutoSnapshots(db: Database): void {
  switchedOn.delete(db);
}

/**
 * Says whether migrations that are applied over this connection store a snapshot. They do not, until switched on.
 *
 * @example
 * ```ts
 * isAutoSnapshotEnabled(db); // false
 * ```
 */
export function isAutoSnapshotEnabled(db: Database): boolean {
  return switchedOn.has(db);
}
