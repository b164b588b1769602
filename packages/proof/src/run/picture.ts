import type { Database } from "@surql/connection";
import { captureSchema, isView, tablesOf, type Schema, type TableSnapshot } from "@surql/snapshot";
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

/** Takes a picture of a scratch engine. */
export async function takePicture(scratch: Database): Promise<Picture> {
  const schema = await captureSchema(scratch);
  return { schema, records: await readRecords(scratch, schema) };
}

async function readRecords(scratch: Database, schema: Schema): Promise<Picture["records"]> {
  const stored = [...tablesOf(schema)].filter(
    ([, { definition, unreadable }]) => !isView(definition) && unreadable === undefined,
  );
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
    readonly (readonly (readonly [string, string, string])[])[],
  ];
  return new Map(
    stored.map(([name], at) => [
      name,
      new Map(
        rows[at]?.map(
          ([id, text, ends]) => [id, { text: text.slice(1, -1), edges: ends }] as const,
        ),
      ),
    ]),
  );
}

/** The fields of a table that are not stored, by their bare names. */
export function computedFields({ fields }: TableSnapshot): readonly string[] {
  return Object.entries(fields)
    .filter(([, text]) => text.includes("COMPUTED") && clausesOf(text)["COMPUTED"] !== undefined)
    .map(([name]) => unquoteIdentifier(name));
}
