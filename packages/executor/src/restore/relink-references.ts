import { serverReason } from "@surql/errors";
import type { Database, ScriptStatement } from "@surql/connection";
import { captureSchema, tablesOf } from "@surql/snapshot";
import { clausesOf, quoteIdentifier, quoteString } from "@surql/surrealql";
import type { RunOptions } from "../options.ts";
import { fieldSegments } from "../quarantine/field-segments.ts";

interface TableInfo {
  readonly fields: Readonly<Record<string, string>>;
  readonly events: Readonly<Record<string, string>>;
}

/**
 * Makes records known again to those that they refer to by fields with `REFERENCE`: what `<~` finds and what `ON DELETE` acts on. The
 * engine forgets it with a removed table, and does not learn it under `OPTION IMPORT` (docs/engine.md).
 *
 * Each link is taken out and written again, with the events of the table out of the way, and then the whole record as it was: one
 * transaction for each table that refers. Where the records of one cannot be written today, that is told, and they stay as they are.
 *
 * @param tables Those whose records came back.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * await relinkReferences(db, ["user"], { onEvent: (event) => console.error(event.kind) });
 * ```
 */
export async function relinkReferences(
  db: Pick<Database, "query" | "transact">,
  tables: readonly string[],
  { onEvent }: Pick<RunOptions, "onEvent">,
): Promise<void> {
  const schema = await captureSchema(db);
  for (const [table, { fields }] of tablesOf(schema)) {
    if (!Object.values(fields).some(isReference)) continue;
    // As the engine writes them: a snapshot has no secrets, and an event is defined again.
    const [info] = await db.query(`INFO FOR TABLE ${quoteIdentifier(table)}`);
    const script = relinkScript(table, info as TableInfo, tables, table in schema.edges);
    try {
      await db.transact(script);
    } catch (error) {
      onEvent?.({ kind: "links-stale", table, reason: serverReason(error) });
    }
  }
}

function relinkScript(
  table: string,
  { fields, events }: TableInfo,
  returned: readonly string[],
  isRelation: boolean,
): readonly ScriptStatement[] {
  const name = quoteIdentifier(table);
  const paths = referencePaths(fields);
  const computed = Object.entries(fields).flatMap(([field, definition]) =>
    clausesOf(definition)["COMPUTED"] === undefined ? [] : [field],
  );
  const omit = computed.length > 0 ? ` OMIT ${computed.join(", ")}` : "";
  const condition = paths.map((path) => leadsBack(path, table, returned)).join(" OR ");
  const empty = paths.map((path) => `${path} = NONE`).join(", ");
  const full = paths.map((path) => `${path} = $row.${path}`).join(", ");
  // To the engine 1 and 1.0 are equal, and what is equal is not stored; an edge cannot be emptied.
  const clear = isRelation ? "" : "UPDATE $id REPLACE { id: $id } RETURN NONE; ";
  return [
    `LET $__surql_links = (SELECT *${omit} FROM ${name} WHERE ${condition})`,
    ...Object.keys(events).map((event) => `REMOVE EVENT ${quoteIdentifier(event)} ON ${name}`),
    "OPTION IMPORT",
    each(`UPDATE $id SET ${empty} RETURN NONE`),
    "OPTION IMPORT = FALSE",
    each(`UPDATE $id SET ${full} RETURN NONE`),
    "OPTION IMPORT",
    each(`${clear}UPDATE $id REPLACE $row RETURN NONE`),
    "OPTION IMPORT = FALSE",
    ...Object.values(events),
  ].map((text) => ({ text }));
}

function each(body: string): string {
  return `FOR $row IN $__surql_links { LET $id = $row.id; ${body} }`;
}

function isReference(definition: string): boolean {
  return clausesOf(definition)["REFERENCE"] !== undefined;
}

/** The paths of references, down to the array for those inside of one. */
function referencePaths(fields: Readonly<Record<string, string>>): readonly string[] {
  const paths = Object.entries(fields)
    .filter(([, definition]) => isReference(definition))
    .map(([field]) => fieldSegments(field).names.map(quoteIdentifier).join("."));
  return [...new Set(paths)];
}

/** Whether a record has to be written: it came back itself, or refers to one that did. */
function leadsBack(path: string, table: string, returned: readonly string[]): string {
  if (returned.includes(table)) return `${path} != NONE`;
  const names = `[${returned.map(quoteString).join(", ")}]`;
  const leads = (link: string): string =>
    `(type::is_record(${link}) AND record::tb(${link}) IN ${names})`;
  return `(IF type::is_array(${path}) { ${path}.any(|$link| !type::is_record($link) OR ${leads("$link")}) } ELSE { ${leads(path)} })`;
}
