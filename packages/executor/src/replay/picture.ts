import type { Database } from "@surql/connection";
import { captureSchema, isView, tablesOf, type Schema, type TableSnapshot } from "@surql/snapshot";
import { clausesOf, quoteIdentifier, quoteString, unquoteIdentifier } from "@surql/surrealql";

/** Everything that is in a scratch engine, to be compared with another one. */
export interface Picture {
  readonly schema: Schema;
  /** By table, the text of each record by that of its id; without views, whose rows are computed, and not always rightly (docs/engine.md). */
  readonly records: ReadonlyMap<string, ReadonlyMap<string, PicturedRecord>>;
}

/** A record as text, which shows all types apart, fractions of a second and `NONE` included. */
export interface PicturedRecord {
  /** Without what is computed, which is not stored. */
  readonly text: string;
  /** The edges that are reached from it: those that begin there, and those that end there. Empty where there can be none. */
  readonly edges: string;
}

/** A record as it is asked for: the text of its id, that of an array of the record alone, and that of its edges. */
export type PictureRow = readonly [id: string, text: string, edges: string];

/**
 * Takes a picture of a scratch engine.
 *
 * @throws `CONNECTION.*` where a record cannot be read.
 * @example
 * ```ts
 * await scratch.query("DEFINE TABLE user; CREATE user:1 SET name = 'Ada'");
 * const { records } = await takePicture(scratch);
 * records.get("user")?.get("user:1")?.text; // "{ id: user:1, name: 'Ada' }"
 * ```
 */
export async function takePicture(scratch: Database): Promise<Picture> {
  const schema = await captureSchema(scratch);
  const stored = storedTables(schema);
  if (stored.length === 0) return pictureOf(schema, new Map());
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
    readonly (readonly PictureRow[])[],
  ];
  return pictureOf(schema, new Map(stored.map(([name], at) => [name, rows[at] ?? []])));
}

/** Makes a picture of a schema and the records of its tables. Pure. */
export function pictureOf(
  schema: Schema,
  rows: ReadonlyMap<string, readonly PictureRow[]>,
): Picture {
  const records = storedTables(schema).map(([name]) => {
    const pictured = (rows.get(name) ?? []).map(
      ([id, text, edges]) => [id, { text: text.slice(1, -1), edges }] as const,
    );
    return [name, new Map(pictured)] as const;
  });
  return { schema, records: new Map(records) };
}

/** The tables with records of their own. */
function storedTables(schema: Schema): readonly (readonly [string, TableSnapshot])[] {
  return [...tablesOf(schema)].filter(
    ([, { definition, unreadable }]) => !isView(definition) && unreadable === undefined,
  );
}

/** The fields of a table that are not stored, by their bare names. */
export function computedFields({ fields }: TableSnapshot): readonly string[] {
  return Object.entries(fields)
    .filter(([, text]) => text.includes("COMPUTED") && clausesOf(text)["COMPUTED"] !== undefined)
    .map(([name]) => unquoteIdentifier(name));
}
