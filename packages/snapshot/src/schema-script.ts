import { clausesOf } from "@surql/surrealql";
import { holdsNoSecret } from "./canonical-definition.ts";
import { kindOf, nameObject } from "./object-kinds.ts";
import { memberPath, tablePath } from "./object-path.ts";
import type { Definitions, Schema, TableSnapshot } from "./snapshot.ts";

/** A definition of a schema, and what it defines. */
export interface SchemaStatement {
  /** `user`, `user.bio`, `access account`: as in a difference. */
  readonly path: string;
  readonly text: string;
}

const redacted = "[REDACTED]";

/**
 * The statements that build a schema in an empty database, in an order in which they can run: a view
 * stands behind the tables, an index behind the fields. Where one view reads another, the order of the views may not do.
 *
 * Send `OPTION IMPORT` before them: what the engine adds by itself (`tags.*`, `in`, `out`) is there already when
 * its definition comes. A table that could not be read when it was captured has no fields here.
 *
 * @param secret Makes the password hashes, keys and credentials, which are in no schema. It must not be possible to guess
 * what it gives: the word that stands for a secret in a captured text would be a key that everybody knows.
 * @example
 * ```ts
 * const script = schemaScript(await captureSchema(db), randomUUID);
 * await scratch.query(`OPTION IMPORT;${script.map(({ text }) => text).join(";")}`);
 * ```
 */
export function schemaScript(schema: Schema, secret: () => string): readonly SchemaStatement[] {
  const tables = [...Object.entries(schema.tables), ...Object.entries(schema.edges)];
  const own = tables.map(([name, { definition }]) => ({ path: tablePath(name), text: definition }));
  const members = (key: string, of: (table: TableSnapshot) => Definitions | undefined) =>
    tables.flatMap(([table, captured]) =>
      Object.entries(of(captured) ?? {}).map(([name, text]) => ({
        path: memberPath(table, kindOf(key), name),
        text,
      })),
    );
  const unknownKinds = new Set(tables.flatMap(([, { other }]) => Object.keys(other ?? {})));
  return [
    ...objectsOf(schema, secret),
    ...own.filter(({ text }) => text !== "" && !isView(text)),
    ...members("fields", ({ fields }) => fields),
    ...own.filter(({ text }) => isView(text)),
    ...members("indexes", ({ indexes }) => indexes),
    ...members("events", ({ events }) => events),
    ...[...unknownKinds].flatMap((key) => members(key, ({ other }) => other?.[key])),
  ];
}

function objectsOf({ objects }: Schema, secret: () => string): readonly SchemaStatement[] {
  return Object.entries(objects).flatMap(([key, definitions]) =>
    Object.entries(definitions).map(([name, text]) => ({
      path: nameObject(key, name).path,
      text: holdsNoSecret(key) ? text : withSecret(text, secret),
    })),
  );
}

/** One for a whole definition: a symmetric key is named twice, and has to be the same. */
function withSecret(text: string, secret: () => string): string {
  return text.includes(redacted) ? text.replaceAll(redacted, secret()) : text;
}

function isView(definition: string): boolean {
  return definition.includes(" AS ") && clausesOf(definition)["AS"] !== undefined;
}
