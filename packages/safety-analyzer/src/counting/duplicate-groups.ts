import { quoteIdentifier } from "@surql/surrealql";
import { isPath, quotePath } from "../field-path.ts";
import { indexColumns } from "../index-columns.ts";
import type { Clauses } from "../live-schema.ts";
import type { CountQuery } from "./count-query.ts";
import type { DuplicatesQuestion } from "./data-question.ts";
import { rowsOf, type RowSource } from "./row-source.ts";

/** How many groups of duplicates, and how many records of each, are named. */
const examples = 3;

/** A query that lists the index entries that a unique index would meet more than once, most frequent first. */
export function duplicateGroups(table: string, fields: readonly string[]): string {
  return groupsAmong(quoteIdentifier(table), fields);
}

/** The query that answers a question for duplicates. */
export function duplicatesQuery(question: DuplicatesQuestion, source: RowSource): CountQuery {
  const { sample } = source;
  return {
    sql: summary(groupsAmong(rowsOf(source), question.fields)),
    read(result) {
      const { groups, records, examples: named } = result as DuplicateSummary;
      const impact =
        sample === undefined ? { records, exact: true } : { records, exact: false, sample };
      return new Map([[question, { groups, impact, examples: named }]]);
    },
  };
}

/**
 * The query for what a unique index would meet, from its definition. Its result is a
 * {@link DuplicateSummary}.
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
  return "UNIQUE" in definition && isComparable
    ? summary(duplicateGroups(table, fields))
    : undefined;
}

/** What the query of {@link duplicateQuery} answers. */
export interface DuplicateSummary {
  /** How many index entries stand more than once. */
  readonly groups: number;
  /** The records in all groups together. */
  readonly records: number;
  /** The ids of some records of the largest groups. */
  readonly examples: readonly (readonly string[])[];
}

function summary(groups: string): string {
  return `RETURN {
  LET $groups = (${groups});
  RETURN {
    groups: array::len($groups),
    records: array::len(array::distinct(array::flatten($groups.records))),
    examples: array::slice($groups, 0, ${examples}).map(|$group|
      array::slice($group.records, 0, ${examples}).map(|$id| <string> $id))
  };
}`;
}

/**
 * Such an index has an entry for every combination of the columns' values, arrays being taken apart
 * one level deep, and none where a value is `NONE`, `NULL` or an empty array (measured on 3.0.2).
 */
function groupsAmong(rows: string, fields: readonly string[]): string {
  const keys = fields.map((_, index) => `key${index}`).join(", ");
  const columns = fields.map((field, index) => `${quotePath(field)} AS key${index}`).join(", ");
  const indexed = fields.map((_, index) => `key${index} NOT IN [NONE, NULL, []]`).join(" AND ");
  const records = `SELECT id, ${columns} FROM ${rows}`;
  const entries = `SELECT id, ${keys} FROM (${records}) SPLIT ${keys}`;
  const groups = `SELECT ${keys}, count() AS entries, array::group(id) AS records FROM (${entries}) WHERE ${indexed} GROUP BY ${keys}`;
  return `SELECT * FROM (${groups}) WHERE entries > 1 ORDER BY entries DESC`;
}
