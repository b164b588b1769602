import { canonicalDefinition } from "./canonical-definition.ts";
import type { DatabaseInfo, Info } from "./info.ts";
import { isRelation } from "./is-relation.ts";
import { readInfo } from "./read-info.ts";
import type { SchemaReader } from "./schema-reader.ts";
import type { Definitions, Schema, TableSnapshot } from "./snapshot.ts";
import type { UnreadableTable } from "./unreadable-tables.ts";

/** What {@link captureSchema} is told. */
export interface CaptureOptions {
  /** Tables that are known to be refused by the engine: these are not asked, and are there as unreadable. */
  readonly unreadable?: readonly UnreadableTable[] | undefined;
}

/** Kinds that have a place of their own in a snapshot, or are no schema: live queries, and a view under what it reads. */
const ownPlace = {
  database: new Set(["tables"]),
  table: new Set(["events", "fields", "indexes", "lives", "tables"]),
};
const none: Readonly<Record<string, never>> = Object.freeze({});

/**
 * Captures the whole schema of a database: in one round trip on SurrealDB 3.x.
 *
 * The definitions are the engine's own canonical text, with secrets taken out. Kinds of object that this version
 * of surql does not know are kept under INFO's own key. Left out is what is no schema: the tables of surql
 * itself, the live queries that listen to a table, and the list of views under the table that they read
 * (each is a table of its own).
 *
 * A table that the engine refuses to show is there with its definition, and the engine's reason in `unreadable`:
 * ask {@link unreadableTables}. In a transaction such a refusal ends the transaction, so there tell which they are:
 * `captureSchema(transaction, { unreadable: unreadableTables(await captureSchema(db)) })`.
 *
 * @param reader A `Database`, or an open `Transaction`, whose own changes are then seen.
 * @throws CONNECTION.* when the database cannot be asked.
 * @example
 * ```ts
 * const { tables } = await captureSchema(db);
 * console.log(tables["user"]?.fields["bio"]); // DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL
 * ```
 */
export async function captureSchema(
  reader: SchemaReader,
  { unreadable = [] }: CaptureOptions = {},
): Promise<Schema> {
  return schemaOf(await readInfo(reader, unreadable));
}

/**
 * Makes a schema of what INFO answered. Pure.
 *
 * @example
 * ```ts
 * const info = { fields: {}, indexes: {}, events: {} };
 * schemaOf({ db: { tables: { user: "DEFINE TABLE user" } }, tables: [["user", info]] }).tables["user"]?.definition;
 * ```
 */
export function schemaOf({ db, tables: infos }: DatabaseInfo): Schema {
  const definitions = db["tables"] as Definitions;
  const edges: [string, TableSnapshot][] = [];
  const tables: [string, TableSnapshot][] = [];
  for (const [name, info] of infos) {
    const definition = definitions[name] ?? "";
    (isRelation(definition) ? edges : tables).push([name, tableSnapshot(definition, info)]);
  }
  // Keys in canonical order, as everywhere in this file: canonicalJson is then as fast as JSON.stringify.
  return {
    edges: Object.fromEntries(edges),
    objects: definitionsByKind(db, ownPlace.database),
    tables: Object.fromEntries(tables),
  };
}

function tableSnapshot(definition: string, info: Info | string): TableSnapshot {
  if (typeof info === "string") {
    return { definition, events: {}, fields: {}, indexes: {}, unreadable: info };
  }
  const known = {
    definition,
    events: info["events"] as Definitions,
    fields: info["fields"] as Definitions,
    indexes: info["indexes"] as Definitions,
  };
  const other = definitionsByKind(info, ownPlace.table);
  return other === none ? known : { ...known, other };
}

/** Kinds without an object are left out: an engine that does not know a kind has the same schema. */
function definitionsByKind(
  info: Info,
  without: ReadonlySet<string>,
): Readonly<Record<string, Definitions>> {
  const kinds: [string, Definitions][] = [];
  for (const kind of Object.keys(info)) {
    const definitions = without.has(kind) ? none : definitionsOf(kind, info[kind]);
    if (Object.keys(definitions).length > 0) kinds.push([kind, definitions]);
  }
  return kinds.length === 0 ? none : Object.fromEntries(kinds);
}

/** Whatever INFO holds under a key is kept; what is not a text is written as JSON. */
function definitionsOf(kind: string, value: unknown): Definitions {
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = Object.entries(isMap ? value : { [kind]: value });
  return Object.fromEntries(
    entries.map(([name, text]) => [
      name,
      canonicalDefinition(kind, typeof text === "string" ? text : JSON.stringify(text)),
    ]),
  );
}
