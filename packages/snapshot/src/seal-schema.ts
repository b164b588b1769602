import { isSurqlError } from "@surql/errors";
import { captureSchema, schemaOf } from "./capture-schema.ts";
import type { Info, TableInfo } from "./info.ts";
import { ownedTables } from "./owned-tables.ts";
import type { SchemaReader } from "./schema-reader.ts";
import type { Schema } from "./snapshot.ts";
import { unreadableTables, type UnreadableTable } from "./unreadable-tables.ts";

/** What tells whether a schema is as it was, secrets included, without holding any of it. */
export interface SchemaSeal {
  /** SHA-256 (hexadecimal) of the whole schema, as the database calculates it from {@link wholeSchema}. */
  readonly sum: string;
  /** Tables that the engine refuses to show: only their own definitions are part of it. */
  readonly unreadable: readonly string[];
}

/**
 * The whole schema as one expression of 3.x, for comparing inside the database:
 * `{ objects: { kind: { name: text } }, definitions: { table: text }, tables: { table: { kind: { name: text } } } }`.
 * Wants `$__surql_owned` and `$__surql_unasked`: see {@link wholeSchemaBindings}.
 *
 * What is done for each table is as little as can be: a thousand tables take 60 ms, most of it the engine's own.
 * A `RETURN` in a block that is assigned by `LET` ends the whole text (measured on 3.0.2); in a closure it does not.
 *
 * @example
 * ```ts
 * const [whole] = await db.query(`RETURN ${wholeSchema}`, wholeSchemaBindings([]));
 * ```
 */
export const wholeSchema: string = `[(INFO FOR DB)].map(|$db| {
  RETURN {
    objects: object::remove($db, "tables"),
    definitions: object::remove($db.tables, $__surql_owned),
    tables: object::from_entries(array::complement(object::keys($db.tables), $__surql_unasked).map(|$name|
      [$name, object::remove((INFO FOR TABLE $name), ["lives", "tables"])]))
  };
})[0]`;

/**
 * What {@link wholeSchema} wants to be bound.
 *
 * @example
 * ```ts
 * await db.query(`RETURN ${wholeSchema}`, wholeSchemaBindings([]));
 * ```
 */
export function wholeSchemaBindings(
  unreadable: readonly string[],
): Readonly<Record<string, unknown>> {
  return { __surql_owned: ownedTables, __surql_unasked: [...ownedTables, ...unreadable] };
}

interface Answer {
  readonly schema: {
    readonly objects: Info;
    readonly definitions: Readonly<Record<string, string>>;
    readonly tables: Readonly<Record<string, Info>>;
  };
  readonly sum: string;
  readonly lost: boolean;
}

const question = `[${wholeSchema}].map(|$schema| {
  LET $text = <string> $schema;
  RETURN { schema: $schema, sum: crypto::sha256($text), lost: string::contains($text, "__proto__") };
})[0]`;

/**
 * Captures the schema together with a seal, both of the same moment.
 *
 * @returns `seal` is left out on 2.x, which has no INFO inside of an expression.
 * @throws CONNECTION.* when the database cannot be asked.
 * @example
 * ```ts
 * const { schema, seal } = await sealSchema(db);
 * ```
 */
export async function sealSchema(
  reader: SchemaReader,
): Promise<{ readonly schema: Schema; readonly seal?: SchemaSeal | undefined }> {
  if (reader.target?.engineVersion.startsWith("2.") === true) {
    return { schema: await captureSchema(reader) };
  }
  try {
    return await readSealed(reader, []);
  } catch (error) {
    // Any failure but that of the connection may be a table that the engine refuses to show.
    if (!isSurqlError(error)) throw error;
    const unreadable = unreadableTables(await captureSchema(reader));
    if (unreadable.length === 0) throw error;
    return readSealed(reader, unreadable);
  }
}

async function readSealed(
  reader: SchemaReader,
  unreadable: readonly UnreadableTable[],
): Promise<{ readonly schema: Schema; readonly seal: SchemaSeal }> {
  const names = unreadable.map(({ table }) => table);
  const [answer] = await reader.query(`RETURN ${question}`, wholeSchemaBindings(names));
  const { schema, sum, lost } = answer as Answer;
  const seal = { sum, unreadable: names };
  // The client drops what is called so from the objects that it receives.
  if (lost) return { schema: await captureSchema(reader, { unreadable }), seal };
  const tables: TableInfo[] = [
    ...Object.entries(schema.tables),
    ...unreadable
      .filter(({ table }) => Object.hasOwn(schema.definitions, table))
      .map(({ table, reason }): TableInfo => [table, reason]),
  ];
  return {
    schema: schemaOf({ db: { ...schema.objects, tables: schema.definitions }, tables }),
    seal,
  };
}
