import type { BoundScript, ScriptStatement } from "@surql/connection";
import { quoteString } from "@surql/surrealql";
import { schemaText, sha256 } from "./checksum.ts";
import { checksumMismatch, invalidVersion } from "./errors.ts";
import { snapshotRecord } from "./snapshot-record.ts";
import type { SchemaSnapshot, TableSnapshot } from "./snapshot.ts";
import { tablesOf } from "./tables-of.ts";

const fields: Readonly<Record<string, string>> = {
  version: "string",
  created_at: "datetime",
  tables: "object",
  "tables.*": "any",
  edges: "object",
  "edges.*": "any",
  indexes: "object",
  "indexes.*": "any",
  checksum: "string",
  migration_count: "int",
  table_count: "option<int>",
  format: "option<int>",
  schema: "option<string>",
  engine_version: "option<string>",
};

/**
 * Makes the table where there is none, and adds what is ours where another port of surql made it: in its
 * SCHEMAFULL table `tables`, `edges` and `indexes` are plain objects, which hold nothing without the `.*`.
 */
const defineTable: readonly string[] = [
  "DEFINE TABLE IF NOT EXISTS _schema_snapshot TYPE NORMAL SCHEMAFULL",
  ...Object.entries(fields).map(
    ([field, type]) => `DEFINE FIELD IF NOT EXISTS ${field} ON _schema_snapshot TYPE ${type}`,
  ),
  "DEFINE INDEX IF NOT EXISTS version_idx ON _schema_snapshot FIELDS version UNIQUE",
];

const words: Readonly<Record<string, string>> = {
  base: "It stands for a database in which nothing is applied.",
  live: "It stands for the database as it is now.",
};

/**
 * The statements that store a snapshot, for a caller who stores it in a transaction of its own.
 * A snapshot that is stored under the same version is replaced.
 *
 * The row holds the whole schema as text in `schema`, of which `checksum` is the SHA-256. Beside it, for
 * people and for the other ports of surql, `tables` and `edges` hold `{ name: { definition } }` and
 * `indexes` holds `{ table: [{ name, definition }] }`.
 *
 * @returns The statements, and one binding, `$surql_snapshot`.
 * @throws SNAPSHOT.INVALID_VERSION when the version is empty, `base` or `live`.
 * @throws SNAPSHOT.CHECKSUM_MISMATCH when the snapshot was changed after it was made.
 * @example
 * ```ts
 * const { script, bindings } = snapshotScript(snapshot);
 * await db.transact([...statements, ...script], bindings);
 * ```
 */
export function snapshotScript(snapshot: SchemaSnapshot): BoundScript {
  const { version, checksum } = snapshot;
  const why = version === "" ? "It is empty." : Object.hasOwn(words, version) && words[version];
  if (why) throw invalidVersion(version, why);
  const schema = schemaText(snapshot);
  const actual = sha256(schema);
  if (actual !== checksum) throw checksumMismatch(version, checksum, actual);
  return { script: statements(version), bindings: { surql_snapshot: rowOf(snapshot, schema) } };
}

/** What another port stored under a random name gives way. */
function statements(version: string): readonly ScriptStatement[] {
  const record = snapshotRecord(version);
  const named = `version = ${quoteString(version)}`;
  return [
    ...defineTable,
    `DELETE _schema_snapshot WHERE ${named} AND id != ${record} RETURN NONE`,
    `UPSERT ${record} CONTENT $surql_snapshot RETURN NONE`,
  ].map((text) => ({ text }));
}

/** The engine copies a binding whenever something in it is asked for: so the row is made here, and handed over whole. */
function rowOf(snapshot: SchemaSnapshot, schema: string): Readonly<Record<string, unknown>> {
  return {
    version: snapshot.version,
    created_at: new Date(snapshot.createdAt),
    tables: definitionsOf(snapshot.tables),
    edges: definitionsOf(snapshot.edges),
    indexes: indexesOf(snapshot),
    checksum: snapshot.checksum,
    migration_count: snapshot.migrationCount,
    table_count: Object.keys(snapshot.tables).length + Object.keys(snapshot.edges).length,
    format: snapshot.format,
    schema,
    engine_version: snapshot.engineVersion,
  };
}

function definitionsOf(
  tables: Readonly<Record<string, TableSnapshot>>,
): Readonly<Record<string, { readonly definition: string }>> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, { definition }]) => [name, { definition }]),
  );
}

function indexesOf({ tables, edges }: SchemaSnapshot): Readonly<Record<string, readonly object[]>> {
  const lists = [...tablesOf({ tables, edges })].map(([table, { indexes }]) => {
    const list = Object.entries(indexes).map(([name, definition]) => ({ name, definition }));
    return [table, list] as const;
  });
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}
