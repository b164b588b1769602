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
  const [begins, ends] = ["in", "out"].map((end) => `record::tb($one.${end}) IN $__surql_tables`);
  return (
    "IF type::is_record($one.in) AND type::is_record($one.out) { " +
    `(IF ${begins} { $one.id IN $one.in->${name} } ELSE { false }) OR ` +
    `(IF ${ends} { $one.id IN $one.out<-${name} } ELSE { !(${begins}) }) } ELSE { false }`
  );
}

/** Whether a table may hold edges at this moment: looking for one is faster than asking each record, as SurrealQL. */
export function mayHoldEdges(table: string): string {
  const first = `SELECT VALUE id FROM ${quoteIdentifier(table)} WHERE in != NONE LIMIT 1`;
  return `IF ${tableExists(table)} { array::len((${first})) > 0 } ELSE { false }`;
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
  const omit = omitComputed(computed);
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
      `LET $__surql_edges = ${mayHoldEdges(table)}`,
      `LET ${param} = IF $__surql_edges { ${param}_a.filter(|$one| ${isEdge(table)}) } ELSE { [] }`,
      `LET ${others} = IF $__surql_edges { ${param}_a.filter(|$one| !(${isEdge(table)})) } ELSE { ${param}_a }`,
      `LET ${param}_a = NONE`,
    ],
    items: [
      { param, relation: true },
      { param: others, relation: false },
    ],
  };
}

/** `" OMIT a, b"` for a SELECT of what is stored: what is computed is not. */
export function omitComputed(computed: readonly string[]): string {
  const names = computed.map((name) => (name.startsWith("`") ? name : quoteIdentifier(name)));
  return names.length > 0 ? ` OMIT ${names.join(", ")}` : "";
}
