import { askOwnTable } from "./ask-own-table.ts";
import type { SchemaReader } from "./schema-reader.ts";

const statement = `DELETE _schema_snapshot WITH NOINDEX WHERE version IN $versions
  OR id IN $versions.map(|$version| type::record('_schema_snapshot', $version)) RETURN VALUE $before.version`;

/** Deletes the snapshots of these versions in one statement: all of them or, when it fails, none. */
export async function deleteSnapshots(
  reader: SchemaReader,
  versions: readonly string[],
): Promise<number> {
  const deleted = await askOwnTable(reader, "_schema_snapshot", statement, { versions });
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
