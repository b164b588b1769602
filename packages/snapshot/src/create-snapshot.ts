import { askOwnTable } from "./ask-own-table.ts";
import { schemaOf } from "./capture-schema.ts";
import type { CaptureOptions } from "./capture-schema.ts";
import { schemaChecksum } from "./checksum.ts";
import { invalidVersion } from "./errors.ts";
import { readInfo } from "./read-info.ts";
import type { SchemaReader } from "./schema-reader.ts";
import type { SchemaSnapshot } from "./snapshot.ts";

/** What {@link createSnapshot} is told. */
export interface CreateSnapshotOptions extends CaptureOptions {
  /** What to call it: usually the version of the migration that led here. */
  readonly version: string;
  /** How many migrations are applied. Without it, the rows of the migration history are counted. */
  readonly migrationCount?: number | undefined;
  /** The clock. */
  readonly now?: (() => Date) | undefined;
  /** The engine's version, where `reader` is a transaction and cannot tell. */
  readonly engineVersion?: string | undefined;
}

/**
 * Captures the schema as it is now, as a value: in one round trip on SurrealDB 3.x. Nothing is stored: that is {@link storeSnapshot}.
 *
 * @param reader A `Database`, or an open `Transaction`, whose own changes are then seen.
 * @throws SNAPSHOT.INVALID_VERSION when the version is empty.
 * @throws CONNECTION.* when the database cannot be asked.
 * @example
 * ```ts
 * const snapshot = await createSnapshot(db, { version: "20260109_120000" });
 * await storeSnapshot(db, snapshot);
 * ```
 */
export async function createSnapshot(
  reader: SchemaReader,
  options: CreateSnapshotOptions,
): Promise<SchemaSnapshot> {
  const { version, now = () => new Date() } = options;
  if (version === "") throw invalidVersion(version, "It is empty.");
  const info = await readInfo(reader, options.unreadable ?? []);
  const schema = schemaOf(info);
  const migrationCount =
    options.migrationCount ?? info.applied ?? (await countAppliedMigrations(reader));
  const engineVersion = options.engineVersion ?? reader.target?.engineVersion;
  return {
    format: 1,
    version,
    createdAt: now().toISOString(),
    migrationCount,
    checksum: schemaChecksum(schema),
    ...(engineVersion === undefined ? {} : { engineVersion }),
    ...schema,
  };
}

/** Where the schema takes several questions, this is one more. */
async function countAppliedMigrations(reader: SchemaReader): Promise<number> {
  const statement = "SELECT VALUE count FROM (SELECT count() FROM _migration_history GROUP ALL)";
  const counts = await askOwnTable(reader, "_migration_history", statement);
  const [count] = (counts ?? []) as readonly number[];
  return count ?? 0;
}
