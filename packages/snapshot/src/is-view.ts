import { clausesOf } from "@surql/surrealql";

/**
 * Whether a definition of a table is one of a view, whose rows are computed.
 *
 * @param definition Canonical text.
 * @example
 * ```ts
 * isView("DEFINE TABLE adults TYPE ANY SCHEMALESS AS SELECT name FROM user PERMISSIONS NONE"); // true
 * ```
 */
export function isView(definition: string): boolean {
  // Nearly no table is one, and to read the clauses of all takes its time.
  return definition.includes(" AS ") && clausesOf(definition)["AS"] !== undefined;
}
