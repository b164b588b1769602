import { quoteIdentifier, quoteString } from "@surql/surrealql";
import type { BoundItems } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";

/** A condition that holds when there is such a table at this moment, as SurrealQL. */
export function tableExists(table: string): string {
  return `${quoteString(table)} IN object::keys((INFO FOR DB).tables)`;
}

/** An edge that a RELATE made is found by the record that it begins at; a record that only looks like one is not. */
const isEdge = (table: string): string =>
  `type::is_record($one.in) AND type::is_record($one.out) AND $one.id IN $one.in->${quoteIdentifier(table)}`;

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
