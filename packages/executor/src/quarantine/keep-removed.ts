import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { fieldSegments } from "./field-segments.ts";
import { dropEntry } from "./entry-place.ts";
import { keepRows, type EntryFrame } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";
import { readRecords, tableExists } from "./stored-records.ts";

/** Statements that keep the records of a table that is about to be removed. Pure. */
export function keepTable(keeping: Keeping, frame: EntryFrame): readonly string[] {
  const { isCertain } = keeping;
  const { script, items } = readRecords(
    isCertain ? { ...keeping, computed: [] } : keeping,
    "__surql_q",
  );
  return [
    ...layBare(keeping),
    ...script,
    ...keepRows(keeping, items, frame, { definition: boundDefinition }),
  ];
}

/**
 * Statements that read the definition of a table into a parameter. Where the table is sure to go, its computed fields
 * go first: what is stored under them shows then too, and none can fail. Pure.
 */
export function layBare({ table, computed, isCertain }: Keeping): readonly string[] {
  const name = quoteIdentifier(table);
  const there = tableExists(table);
  const undone = isCertain
    ? computed.map((field) => `REMOVE FIELD IF EXISTS ${field} ON ${name}`)
    : [];
  return [
    `LET $__surql_q_definition = IF ${there} { object::extend({ table: (INFO FOR DB).tables[${quoteString(table)}] }, (INFO FOR TABLE ${name})) }`,
    ...(undone.length > 0 ? [`IF ${there} { ${undone.join("; ")} }`] : []),
  ];
}

/** What {@link layBare} has read, as the header keeps it. */
export const boundDefinition: string =
  "{ table: $__surql_q_definition.table, fields: $__surql_q_definition.fields, " +
  "indexes: $__surql_q_definition.indexes, events: $__surql_q_definition.events }";

/** Statements that keep the edges that join records of a table that is about to be removed. Pure. */
export function keepEdges(keeping: Keeping, frame: EntryFrame): readonly string[] {
  const { script, items } = readRecords(keeping, "__surql_q", joins(keeping));
  return [...script, ...keepRows(keeping, items, frame)];
}

/** Statements that keep the values of a field that is about to be removed. Pure. */
export function keepField(keeping: Keeping, frame: EntryFrame): readonly string[] {
  const { table } = keeping;
  const param = "$__surql_q";
  const select = selectField(keeping, quoteIdentifier(table));
  return [
    `LET ${param} = IF ${tableExists(table)} { (${select}) } ELSE { [] }`,
    ...keepRows(keeping, [{ param, relation: false }], frame),
  ];
}

/** The values of a field in some records, with the ids of those that hold one, as SurrealQL. */
export function selectField({ field = "" }: Keeping, source: string): string {
  const value = fieldSegments(field).names.map(quoteIdentifier).join(".");
  return `SELECT id, ${value} AS value FROM ${source} WHERE ${holds(field)}`;
}

/** How many records a table holds, as SurrealQL. */
export function countTable({ table }: Keeping): string {
  return countWhere(table, "");
}

/** How many edges join records of a table, as SurrealQL. */
export function countEdges(keeping: Keeping): string {
  return countWhere(keeping.table, ` WHERE ${joins(keeping)}`);
}

/** How many records hold a value in a field, as SurrealQL. */
export function countField({ table, field = "" }: Keeping): string {
  return countWhere(table, ` WHERE ${holds(field)}`);
}

function countWhere(table: string, where: string): string {
  const select = `SELECT count() FROM ${quoteIdentifier(table)}${where} GROUP ALL`;
  return `IF ${tableExists(table)} { (${select})[0].count ?? 0 } ELSE { 0 }`;
}

/** The condition of an edge that joins records of a table, as SurrealQL. */
export function joins({ of = "" }: Keeping): string {
  return ["in", "out"]
    .map((end) => `(type::is_record(${end}) AND record::tb(${end}) = ${quoteString(of)})`)
    .join(" OR ");
}

/** What a link leads to is not stored in the record. */
function holds(field: string): string {
  const path = fieldSegments(field).names.map(quoteIdentifier);
  const objects = path
    .slice(1)
    .map((_, position) => `type::is_object(${path.slice(0, position + 1).join(".")}) AND `);
  return `${objects.join("")}${path.join(".")} IS NOT NONE`;
}

/** Statements that drop what was kept of a table that is there still. Pure. */
export function dropUnlostTable({ id, table }: Keeping): readonly string[] {
  return [`IF ${tableExists(table)} { ${dropEntry(id).join("; ")} }`];
}

/** Statements that drop what was kept of a field that is there still. Pure. */
export function dropUnlostField({ id, table, field = "" }: Keeping): readonly string[] {
  const name = quoteIdentifier(table);
  return [
    `IF ${tableExists(table)} { IF ${quoteString(field)} IN object::keys((INFO FOR TABLE ${name}).fields) ` +
      `{ ${dropEntry(id).join("; ")} } }`,
  ];
}
