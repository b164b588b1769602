import { askOwnTable } from "./ask-own-table.ts";
import { corruptSnapshot } from "./errors.ts";
import type { SchemaReader } from "./schema-reader.ts";
import { readFacts } from "./snapshot-facts.ts";
import type { SnapshotSummary } from "./snapshot.ts";

/** Other ports keep no count. */
const select = `SELECT version, <string> created_at AS createdAt, migration_count AS migrationCount, checksum,
  table_count ?? (object::len(tables ?? {}) + object::len(edges ?? {})) AS tables, <string> id AS row
  FROM _schema_snapshot`;

/**
 * Lists the stored snapshots, oldest first, without their schemas: those stay in the database.
 * Snapshots that other ports of surql stored are among them.
 *
 * @throws SNAPSHOT.CORRUPT naming the first row that cannot be read.
 * @throws CONNECTION.* when the database cannot be asked.
 * @example
 * ```ts
 * for (const { version, createdAt, tables } of await listSnapshots(db)) console.log(version, createdAt, tables);
 * ```
 */
export async function listSnapshots(reader: SchemaReader): Promise<readonly SnapshotSummary[]> {
  const rows = await askOwnTable(reader, "_schema_snapshot", select);
  return ((rows ?? []) as readonly Readonly<Record<string, unknown>>[]).map(summaryOf).sort(byAge);
}

function summaryOf(row: Readonly<Record<string, unknown>>): SnapshotSummary {
  const problems: string[] = [];
  const { version, createdAt, migrationCount, checksum } = readFacts(row, problems);
  if (problems.length > 0) throw corruptSnapshot(String(row["row"]), problems);
  return {
    version,
    createdAt,
    tables: Number(row["tables"]),
    migrations: migrationCount,
    checksum,
  };
}

function byAge(a: SnapshotSummary, b: SnapshotSummary): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.version < b.version ? -1 : 1;
}
