import { quoteIdentifier, quoteString } from "@surql/surrealql";
import type { BoundItems } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";

/** A condition that holds when there is such a table at this moment, as SurrealQL. */
export function tableExists(table: string): string {
  return `${quoteString(table)} IN object::keys((INFO FOR DB).tables)`;
}

/**
 * An edge that a RELATE made is found by the records that it joins; a record that only looks like one is not. Asking
 * from a record whose table is gone fails; where both are gone it can no longer be told.
 */
function isEdge(table: string): string {
  const name = quoteIdentifier(table);
  const there = (end: string): string => `record::tb($one.${end}) IN $__surql_tables`;
  return (
    "IF type::is_record($one.in) AND type::is_record($one.out) { " +
    `(IF ${there("in")} { $one.id IN $one.in->${name} } ELSE { false }) OR ` +
    `(IF ${there("out")} { $one.id IN $one.out<-${name} } ELSE { !(${there("in")}) }) } ELSE { false }`
  );
}

/**
 * Statements that read the records of a table into parameters, edges apart from others. Pure.
 *
 * @param prefix What the parameters are called.
 * @param where Only the records for which this holds; SurrealQL.
 */
export function readRecords(
  { table, edges, computed }: Pick<Keeping, "table" | "edges" | "computed">,
  prefix: string,
  where?: string,
): { readonly script: readonly string[]; readonly items: readonly BoundItems[] } {
  const omit = computed.length > 0 ? ` OMIT ${computed.map(quoteColumn).join(", ")}` : "";
  const filter = where === undefined ? "" : ` WHERE ${where}`;
  const all = `IF ${tableExists(table)} { (SELECT *${omit} FROM ${quoteIdentifier(table)}${filter}) } ELSE { [] }`;
  const param = `$${prefix}`;
  if (edges !== "some") {
    return { script: [`LET ${param} = ${all}`], items: [{ param, relation: edges === "all" }] };
  }
  const others = `${param}_o`;
  return {
    script: [
      `LET ${param}_a = ${all}`,
      "LET $__surql_tables = object::keys((INFO FOR DB).tables)",
      `LET ${param} = ${param}_a.filter(|$one| ${isEdge(table)})`,
      `LET ${others} = ${param}_a.filter(|$one| !(${isEdge(table)}))`,
      `LET ${param}_a = NONE`,
    ],
    items: [
      { param, relation: true },
      { param: others, relation: false },
    ],
  };
}

function quoteColumn(name: string): string {
  return name.startsWith("`") ? name : quoteIdentifier(name);
}
