import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { getAppliedMigrations, type AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { emptySchema, loadSnapshot, type Schema, type SchemaSnapshot } from "@surql/snapshot";
import { schemaNotRecorded } from "./drift-errors.ts";
import { schemaAsApplied } from "./schema-as-applied.ts";
import { whyNotOfNow } from "./why-not-of-now.ts";

/** Where what is known of the schema of a version comes from. */
export interface RecordedSource {
  /** A stored snapshot or one in a file; the scripts of the applied migrations, run in a scratch engine; or nothing, of `base`. */
  readonly kind: "snapshot" | "file" | "migrations" | "base";
  /** Of a snapshot: when it was taken, ISO 8601, UTC, and on which engine. */
  readonly createdAt?: string | undefined;
  readonly engineVersion?: string | undefined;
  /** Of migrations: why there is no snapshot to go by. */
  readonly why?: string | undefined;
}

/** The schema that a version has to have. */
export interface RecordedSchema {
  readonly version: string;
  readonly schema: Schema;
  readonly source: RecordedSource;
}

/** What {@link recordedSchema} can be told. */
export interface RecordedSchemaOptions {
  /** That of the version that was applied last unless told; `base` for nothing. */
  readonly version?: string | undefined;
  /** Reads the migration files, asked only where there is no snapshot. Without them, the ledger's scripts have to do. */
  readonly migrations?: (() => Promise<readonly Migration[]>) | undefined;
}

/**
 * The schema of a version as it was recorded: its stored snapshot or, where there is none, what the scripts of the migrations up to it
 * make of an empty database in a scratch engine.
 *
 * The snapshot of the current version is used only if it shows what is applied now: one that was taken before another branch was rolled
 * back, or before the version was applied anew, shows what is no longer meant to be there.
 *
 * @returns `undefined` when the version has no snapshot and is not applied.
 * @throws `EXECUTOR.SCHEMA_NOT_RECORDED` when neither can be had, with the reason; `SNAPSHOT.CORRUPT`, `SNAPSHOT.UNSUPPORTED_FORMAT`, `CONNECTION.*`.
 * @example
 * ```ts
 * const recorded = await recordedSchema(db, { migrations: () => discoverMigrations("migrations") });
 * if (recorded !== undefined) console.log(recorded.version, recorded.source.kind);
 * ```
 */
export async function recordedSchema(
  db: Database,
  { version: wanted, migrations }: RecordedSchemaOptions = {},
): Promise<RecordedSchema | undefined> {
  const applied = await getAppliedMigrations(db);
  const version = wanted ?? applied.at(-1)?.version ?? "base";
  if (version === "base") return { version, schema: emptySchema, source: { kind: "base" } };
  const isCurrent = version === applied.at(-1)?.version;
  const { snapshot, why } = await storedSnapshot(db, version, isCurrent ? applied : undefined);
  if (snapshot !== undefined) {
    const { createdAt, engineVersion } = snapshot;
    return { version, schema: snapshot, source: { kind: "snapshot", createdAt, engineVersion } };
  }
  const end = applied.findIndex((row) => row.version === version) + 1;
  if (end === 0) return undefined;
  const schema = await fromMigrations(db, version, applied.slice(0, end), migrations);
  return { version, schema, source: { kind: "migrations", why } };
}

async function storedSnapshot(
  db: Database,
  version: string,
  ledger: readonly AppliedMigration[] | undefined,
): Promise<{ readonly snapshot?: SchemaSnapshot; readonly why?: string }> {
  try {
    const snapshot = await loadSnapshot(db, version);
    if (snapshot === undefined) return { why: `there is no snapshot of ${version}` };
    const why = ledger && whyNotOfNow(snapshot, ledger);
    return why === undefined ? { snapshot } : { why };
  } catch (error) {
    // Another port of surql stored it, which keeps no definitions.
    if (!isSurqlError(error) || error.code !== "SNAPSHOT.WITHOUT_SCHEMA") throw error;
    return { why: error.message };
  }
}

async function fromMigrations(
  db: Database,
  version: string,
  applied: readonly AppliedMigration[],
  migrations: RecordedSchemaOptions["migrations"],
): Promise<Schema> {
  try {
    return await schemaAsApplied(db, applied, (await migrations?.()) ?? []);
  } catch (error) {
    if (!isSurqlError(error)) throw error;
    throw schemaNotRecorded(version, error);
  }
}
