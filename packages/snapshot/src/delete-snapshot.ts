import { askOwnTable } from "./ask-own-table.ts";
import type { SchemaReader } from "./schema-reader.ts";
import { snapshotRecord } from "./snapshot-record.ts";

/** Deletes the snapshots of these versions in one statement: all of them or, when it fails, none. */
export async function deleteSnapshots(
  reader: SchemaReader,
  versions: readonly string[],
): Promise<number> {
  const records = versions.filter((version) => version !== "").map(snapshotRecord);
  const deleted = await askOwnTable(
    reader,
    "_schema_snapshot",
    `DELETE _schema_snapshot WITH NOINDEX WHERE version IN $versions OR id IN [${records.join(", ")}]
      RETURN VALUE $before.version`,
    { versions },
  );
  return ((deleted ?? []) as readonly unknown[]).length;
}

/**
 * Deletes a stored snapshot, also one that can no longer be read.
 *
 * @returns Whether there was one.
 * @throws CONNECTION.* when the database refuses.
 * @example
 * ```ts
 * await deleteSnapshot(db, "20260109_120000"); // true
 * await deleteSnapshot(db, "20260109_120000"); // false
 * ```
 */
export async function deleteSnapshot(reader: SchemaReader, version: string): Promise<boolean> {
  return (await deleteSnapshots(reader, [version])) > 0;
}
