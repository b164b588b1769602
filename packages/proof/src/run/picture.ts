import type { Database } from "@surql/connection";
import {
  captureSchema,
  isView,
  ownedTables,
  schemaOf,
  tablesOf,
  type DatabaseInfo,
  type Schema,
  type TableSnapshot,
} from "@surql/snapshot";
import { clausesOf, quoteIdentifier, quoteString, unquoteIdentifier } from "@surql/surrealql";

/** Everything that is in a scratch engine. */
export interface Picture {
  readonly schema: Schema;
  /** By table, the text of each record by that of its id. */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, PicturedRecord>>;
}

/** A record as text, which shows all types apart, fractions of a second and `NONE` included. */
export interface PicturedRecord {
  /** Without what is computed, which is not stored. */
  readonly text: string;
  /** The edges that are reached from it. */
  readonly edges: string;
}

/** Everything in a scratch engine, as `runAtOnce` looks at it. */
export interface Looked {
  readonly db: DatabaseInfo["db"];
  readonly tables: readonly (readonly [
    name: string,
    info: Readonly<Record<string, unknown>>,
    rows: readonly Row[],
  ])[];
}

type Row = readonly [id: string, text: string, edges: string];

/** Makes a picture of what was seen; `undefined` where it cannot be told what is stored and what only computed. Pure. */
export function readPicture(looked: Looked): Picture | undefined {
  const tables = looked.tables.map(([name, info]) => [name, info] as const);
  const schema = readSchema({ db: looked.db, tables });
  const rows = new Map(looked.tables.map(([name, , some]) => [name, some]));
  const stored = storedTables(schema);
  if (stored.some(([, table]) => computedFields(table).length > 0)) return undefined;
  return {
    schema,
    records: new Map(stored.map(([name]) => [name, picturedRecords(rows.get(name) ?? [])])),
  };
}

/** The schema in what INFO answered, without surql's own tables. */
export function readSchema({ db, tables }: DatabaseInfo): Schema {
  return schemaOf({ db, tables: tables.filter(([name]) => !ownedTables.includes(name)) });
}

/** Takes a picture of a scratch engine. */
export async function takePicture(scratch: Database): Promise<Picture> {
  const schema = await captureSchema(scratch);
  return { schema, records: await readRecords(scratch, schema) };
}

async function readRecords(scratch: Database, schema: Schema): Promise<Picture["records"]> {
  const stored = storedTables(schema);
  if (stored.length === 0) return new Map();
  const edges =
    Object.keys(schema.edges).length > 0
      ? "<string> [array::sort(->?.id), array::sort(<-?.id)]"
      : "''";
  const lists = stored.map(([name, table]) => {
    const computed = computedFields(table).map((field) => quoteString(field));
    const record =
      computed.length === 0 ? "$this" : `object::remove($this, [${computed.join(", ")}])`;
    return `(SELECT VALUE [<string> id, <string> [${record}], ${edges}] FROM ${quoteIdentifier(name)})`;
  });
  const [rows] = (await scratch.query(`RETURN [${lists.join(", ")}]`)) as [
    readonly (readonly Row[])[],
  ];
  return new Map(stored.map(([name], at) => [name, picturedRecords(rows[at] ?? [])]));
}

/** The tables with records of their own. */
function storedTables(schema: Schema): readonly (readonly [string, TableSnapshot])[] {
  return [...tablesOf(schema)].filter(
    ([, { definition, unreadable }]) => !isView(definition) && unreadable === undefined,
  );
}

function picturedRecords(rows: readonly Row[]): ReadonlyMap<string, PicturedRecord> {
  return new Map(rows.map(([id, text, edges]) => [id, { text: text.slice(1, -1), edges }]));
}

/** The fields of a table that are not stored, by their bare names. */
export function computedFields({ fields }: TableSnapshot): readonly string[] {
  return Object.entries(fields)
    .filter(([, text]) => text.includes("COMPUTED") && clausesOf(text)["COMPUTED"] !== undefined)
    .map(([name]) => unquoteIdentifier(name));
}
