import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { fieldSegments } from "./field-segments.ts";
import { headerOf } from "./entry-place.ts";
import type { Keeping } from "./keeping.ts";
import { openTable } from "./open-table.ts";
import { tableExists } from "./stored-records.ts";

/**
 * Statements that take the values of removed fields out of the records of a `SCHEMAFULL` table, which the engine would
 * refuse to write otherwise. Pure.
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
  return openTable(table, [
    `LET $__surql_fields = IF ${tableExists(table)} { object::keys((INFO FOR TABLE ${name}).fields) } ELSE { [] }`,
    ...updates,
  ]);
}
