import type { Database } from "@surql/connection";
import { snapshotScript } from "./snapshot-script.ts";
import type { SchemaSnapshot } from "./snapshot.ts";

/**
 * Stores a snapshot in the database, in the table `_schema_snapshot`, which is made when it is not there.
 * A snapshot that is stored under the same version is replaced.
 *
 * @throws SNAPSHOT.INVALID_VERSION when the version is empty, `base` or `live`.
 * @throws SNAPSHOT.CHECKSUM_MISMATCH when the snapshot was changed after it was made.
 * @throws CONNECTION.* when the database refuses; nothing is stored then.
 * @example
 * ```ts
 * await storeSnapshot(db, await createSnapshot(db, { version: "20260109_120000" }));
 * ```
 */
export async function storeSnapshot(
  db: Pick<Database, "transact">,
  snapshot: SchemaSnapshot,
): Promise<void> {
  const { script, bindings } = snapshotScript(snapshot);
  await db.transact(script, bindings);
}
