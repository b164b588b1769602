import { quoteIdentifier } from "@surql/surrealql";
import { isPath, quotePath } from "../field-path.ts";
import { indexColumns } from "../index-columns.ts";
import type { Clauses } from "../live-schema.ts";

/** How many groups of duplicates, and how many records of each, are named. */
const examples = 3;

/**
 * A query that lists the index entries that a unique index would meet more than once, most frequent first.
 *
 * Such an index has an entry for every combination of the columns' values, arrays being taken apart
 * one level deep, and none where a value is `NONE`, `NULL` or an empty array (measured on 3.0.2).
 */
export function duplicateGroups(table: string, fields: readonly string[]): string {
  const keys = fields.map((_, index) => `key${index}`).join(", ");
  const columns = fields.map((field, index) => `${quotePath(field)} AS key${index}`).join(", ");
  const indexed = fields.map((_, index) => `key${index} NOT IN [NONE, NULL, []]`).join(" AND ");
  const records = `SELECT id, ${columns} FROM ${quoteIdentifier(table)}`;
  const entries = `SELECT id, ${keys} FROM (${records}) SPLIT ${keys}`;
  const groups = `SELECT ${keys}, count() AS entries, array::group(id) AS records FROM (${entries}) WHERE ${indexed} GROUP BY ${keys}`;
  return `SELECT * FROM (${groups}) WHERE entries > 1 ORDER BY entries DESC`;
}

/** A statement that gives the `DuplicateAnswer` to the same question. */
export function duplicateCount(table: string, fields: readonly string[]): string {
  return `RETURN {
  LET $groups = (${duplicateGroups(table, fields)});
  RETURN {
    groups: array::len($groups),
    records: array::len(array::distinct(array::flatten($groups.records))),
    examples: array::slice($groups, 0, ${examples}).map(|$group|
      array::slice($group.records, 0, ${examples}).map(|$id| <string> $id))
  };
}`;
}

/**
 * The query for what a unique index would meet, from its definition; its result is a `DuplicateAnswer`.
 *
 * @returns `undefined` when the index is not unique, or its columns cannot be compared by a query.
 * @example
 * ```ts
 * duplicateQuery("user", { FIELDS: "email", UNIQUE: "" }); // "RETURN { … }"
 * ```
 */
export function duplicateQuery(table: string, definition: Clauses): string | undefined {
  const fields = indexColumns(definition);
  const isComparable = fields.length > 0 && fields.every(isPath);
  return "UNIQUE" in definition && isComparable ? duplicateCount(table, fields) : undefined;
}
