import type { QuarantineEntry } from "@surql/history";
import { quoteIdentifier, quoteString } from "@surql/surrealql";
import { namesOf } from "./entry-names.ts";
import { isThere } from "./is-there.ts";
import type { RestoreRule } from "./restore-rule.ts";

/** An expression for how many were written since and stay: holds one row at a time. */
export function countWritten(entry: QuarantineEntry, rule: RestoreRule): string {
  const condition = staysWhen(entry, rule);
  if (condition === undefined) return "0";
  const { rows } = namesOf(entry);
  return (
    `IF (INFO FOR DB).tables[${quoteString(entry.table)}] = NONE { 0 } ELSE { ` +
    `math::sum((SELECT VALUE array::len(items.filter(|$item| ${condition})) FROM ${rows})) }`
  );
}

/**
 * An expression for the keys of what was written since the rollback and stays under a rule: an object of record ids.
 * It is asked before the migration's own statements run, so that what they fill in does not count as written.
 *
 * A table that is not there yet holds nothing.
 */
export function writtenSince(
  entry: QuarantineEntry,
  rule: RestoreRule,
  rows: string = namesOf(entry).rows,
): string {
  const condition = staysWhen(entry, rule);
  if (condition === undefined) return "{}";
  return (
    `IF (INFO FOR DB).tables[${quoteString(entry.table)}] = NONE { {} } ELSE { ` +
    `object::from_entries(array::flatten((SELECT VALUE items.filter(|$item| ${condition})` +
    `.map(|$item| [<string>$item.id, true]) FROM ${rows}))) }`
  );
}

/** The condition under which `$item` was written since and stays; `undefined` where nothing does. */
export function staysWhen(entry: QuarantineEntry, rule: RestoreRule): string | undefined {
  if (rule === "ours") return undefined;
  const value = `$item.id${namesOf(entry).path}`;
  if (entry.kind === "edges") return undefined;
  if (entry.kind === "field") {
    const written =
      rule === "theirs" ? `${value} != NONE` : `${value} != NONE AND ${value} != NULL`;
    return isOfElements(entry) ? `${written} AND !${sameShape(value, "$item.value")}` : written;
  }
  if (entry.kind === "table" || rule === "only-if-none") return isThere("$item.id");
  const now = `object::remove((SELECT * FROM ONLY $item.id) ?? {}, ${computedFields(entry.table)})`;
  // As texts: to the engine 1, 1.0 and 1dec are equal.
  return `IF $item.left = NONE { ${isThere("$item.id")} } ELSE { <string>(${now}) != <string>$item.left }`;
}

/** Whether what was kept are arrays, of which single elements lost something. */
export function isOfElements({ field = "" }: QuarantineEntry): boolean {
  return /\.\*(?:\.|$)/.test(field);
}

/** Whether elements can be filled one by one. */
export function sameShape(now: string, kept: string): string {
  return (
    `(IF type::is_array(${now}) AND type::is_array(${kept}) ` +
    `{ array::len(${now}) = array::len(${kept}) } ELSE { false })`
  );
}

/** The names of computed fields: the engine hands out their values with a record, but does not store them. */
export function computedFields(table: string): string {
  return (
    `object::entries((INFO FOR TABLE ${quoteIdentifier(table)}).fields)` +
    ".filter(|$field| string::contains($field[1], ' COMPUTED ')).map(|$field| $field[0])"
  );
}
