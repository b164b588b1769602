import { quoteIdentifier, quoteString } from "@surql/surrealql";

/**
 * Statements under which stored values can be changed and nothing else happens: no event, no check, no computing. Pure.
 *
 * A `SCHEMAFULL` table is `SCHEMALESS` meanwhile, because the engine refuses to write a record that holds anything
 * without definition, even to take out part of it. `$__surql_full` says whether it is one.
 *
 * @param condition Leave it as it is unless this holds; SurrealQL.
 */
export function openTable(
  table: string,
  statements: readonly string[],
  condition?: string,
): readonly string[] {
  const name = quoteIdentifier(table);
  return [
    `LET $__surql_full = (INFO FOR DB STRUCTURE).tables[WHERE name = ${quoteString(table)}][0].schemafull = true${condition === undefined ? "" : ` AND ${condition}`}`,
    `IF $__surql_full { ALTER TABLE ${name} SCHEMALESS }`,
    "OPTION IMPORT",
    ...statements,
    "OPTION IMPORT = FALSE",
    `IF $__surql_full { ALTER TABLE ${name} SCHEMAFULL }`,
  ];
}
