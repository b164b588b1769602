import { quoteIdentifier } from "@surql/surrealql";
import type { Impact } from "../rollback-issue.ts";

/** How many stretches of a table a sample is taken from. */
const stretches = 10;

/** The records of a table that are looked at. */
export interface RowSource {
  readonly table: string;
  /** How many records the table holds. */
  readonly total: number;
  /** How many of them are looked at; `undefined` for all. */
  readonly sample: number | undefined;
}

/** All records of a table, or a sample when it holds more than the budget allows. */
export function rowSource(table: string, total: number, rowBudget: number): RowSource {
  return { table, total, sample: total > rowBudget ? rowBudget : undefined };
}

/**
 * What a query selects from. A sample is taken from stretches all over the table: records that were made at
 * about the same time often have the same shape.
 *
 * @param columns What is needed of each record of a sample.
 */
export function rowsOf({ table, total, sample }: RowSource, columns = "*"): string {
  const name = quoteIdentifier(table);
  if (sample === undefined) return name;
  const count = Math.min(stretches, sample);
  const parts = Array.from({ length: count }, (_, index) => {
    const begin = Math.floor((sample * index) / count);
    const length = Math.floor((sample * (index + 1)) / count) - begin;
    const start = begin + Math.floor(((total - sample) * index) / Math.max(1, count - 1));
    return `(SELECT ${columns} FROM ${name} START ${start} LIMIT ${length})`;
  });
  return `array::flatten([${parts.join(", ")}])`;
}

/** What was found among the records that were looked at, as a statement on the whole table. */
export function impactAmong(found: number, { total, sample }: RowSource): Impact {
  if (sample === undefined) return { records: found, exact: true };
  return { records: Math.round((found / sample) * total), exact: false, sample };
}
