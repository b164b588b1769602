import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { fieldSegments } from "./field-segments.ts";
import type { KnownField } from "./keeping.ts";
import { openTable } from "./open-table.ts";
import { tableExists } from "./stored-records.ts";

/**
 * Statements that take out of the records of a table what it has no definition for, if it is `SCHEMAFULL` at that moment:
 * the engine would refuse to write them otherwise. Pure.
 *
 * Whole fields, parts of objects, and parts of the objects in an array are taken out; what lies in arrays within arrays
 * is not looked into.
 *
 * @param fields All fields that may be defined on it then. What the plan defines stays, also if it comes to that later.
 */
export function cleanExtras(table: string, fields: readonly KnownField[]): readonly string[] {
  const name = quoteIdentifier(table);
  const known = ["id", "in", "out"].map((own) => quoteString(own)).join(", ");
  const extras = `array::complement(object::keys($this), array::concat([${known}], ${defined(fields, "")}))`;
  const parts = fields.flatMap((field) => cleanWithin(name, field.name, fields));
  return openTable(table, [
    `LET $__surql_defs = IF ${tableExists(table)} { (INFO FOR TABLE ${name}).fields } ELSE { {} }`,
    `IF $__surql_full { UPDATE ${name} REPLACE object::remove($this, ${extras}) WHERE array::len(${extras}) > 0 RETURN NONE }`,
    ...parts,
  ]);
}

/** For one field that holds objects, or arrays of them, whose parts have to be defined. */
function cleanWithin(
  name: string,
  field: string,
  fields: readonly KnownField[],
): readonly string[] {
  const isElement = field.endsWith(".*");
  const path = isElement ? field.slice(0, -2) : field;
  const { names, unset } = fieldSegments(path);
  if (unset === undefined || unset.includes("*")) return [];
  const at = names.map(quoteIdentifier).join(".");
  const without = (one: string): string =>
    `(IF type::is_object(${one}) { object::remove(${one}, array::complement(object::keys(${one}), ${defined(fields, field)})) } ELSE { ${one} })`;
  const value = isElement
    ? `(IF type::is_array(${at}) { ${at}.map(|$one| ${without("$one")}) } ELSE { ${at} })`
    : without(at);
  const holdsObjects = `string::matches($__surql_defs[${quoteString(field)}] ?? '', / TYPE ([a-z]+ \\| )*object( |$)/)`;
  const isFlexible = `string::contains($__surql_defs[${quoteString(field)}] ?? '', ' FLEXIBLE')`;
  return [
    `IF $__surql_full AND ${holdsObjects} AND !${isFlexible} { ` +
      `UPDATE ${name} SET ${at} = ${value} WHERE ${at} != ${value} RETURN NONE }`,
  ];
}

/** The names that are defined right below a field, or at the top, at the moment at which it is asked. */
function defined(fields: readonly KnownField[], below: string): string {
  const prefix = below === "" ? "" : `${below}.`;
  const triples = fields.flatMap(({ name, isPlanned }) => {
    if (!name.startsWith(prefix)) return [];
    const [first] = fieldSegments(name.slice(prefix.length)).names;
    return first === undefined
      ? []
      : [`[${quoteString(name)}, ${quoteString(first)}, ${isPlanned}]`];
  });
  return `[${triples.join(", ")}].filter(|$one| $one[2] OR $__surql_defs[$one[0]] != NONE).map(|$one| $one[1])`;
}
