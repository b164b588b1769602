import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { fieldSegments } from "./field-segments.ts";
import { headerOf } from "./keep-rows.ts";
import type { Keeping } from "./keeping.ts";
import { tableExists } from "./stored-records.ts";

/**
 * Statements that take the values of removed fields out of the records of a `SCHEMAFULL` table, which the engine would
 * refuse to write otherwise. Pure.
 *
 * Nothing is set off by it, and nothing else of a record changes. The table is `SCHEMALESS` in between, as a record
 * may hold more than one thing that is no longer defined.
 *
 * @param removed The fields of one table.
 */
export function cleanFields(table: string, removed: readonly Keeping[]): readonly string[] {
  const name = quoteIdentifier(table);
  const updates = removed.flatMap(({ id, field = "" }) => {
    const { names, unset } = fieldSegments(field);
    if (unset === undefined) return [];
    const held = names.map(quoteIdentifier).join(".");
    const below = quoteString(`${field}.`);
    const element = quoteString(`${field}.*`);
    const isGone =
      `$__surql_full AND !(${quoteString(field)} IN $__surql_fields) AND ` +
      // A part of it that is still defined may hold values.
      `!$__surql_fields.any(|$f| string::starts_with($f, ${below}) AND !string::starts_with($f, ${element}))`;
    return (
      `IF ${isGone} { UPDATE ${name} UNSET ${unset} WHERE ${held} IS NOT NONE RETURN NONE; ` +
      `UPDATE ${headerOf(id)} SET cleaned = true RETURN NONE }`
    );
  });
  return [
    `LET $__surql_full = (INFO FOR DB STRUCTURE).tables[WHERE name = ${quoteString(table)}][0].schemafull = true`,
    `LET $__surql_fields = IF ${tableExists(table)} { object::keys((INFO FOR TABLE ${name}).fields) } ELSE { [] }`,
    `IF $__surql_full { ALTER TABLE ${name} SCHEMALESS }`,
    "OPTION IMPORT",
    ...updates,
    "OPTION IMPORT = FALSE",
    `IF $__surql_full { ALTER TABLE ${name} SCHEMAFULL }`,
  ];
}
