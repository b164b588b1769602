import type { Schema } from "./snapshot.ts";
import { tablesOf } from "./tables-of.ts";

/** A table whose fields, indexes and events are missing from a snapshot. */
export interface UnreadableTable {
  readonly table: string;
  /** Why, in the engine's own words. */
  readonly reason: string;
}

/**
 * The tables that the engine refused to show when the schema was captured, in the order of their names.
 *
 * SurrealDB 3.0 refuses a table in which a field is named with one of 26 words, such as `select` or `none`.
 *
 * @example
 * ```ts
 * for (const { table, reason } of unreadableTables(snapshot)) warn(`${table} is not in the snapshot: ${reason}`);
 * ```
 */
export function unreadableTables(schema: Schema): readonly UnreadableTable[] {
  return [...tablesOf(schema)]
    .flatMap(([table, { unreadable }]) =>
      unreadable === undefined ? [] : [{ table, reason: unreadable }],
    )
    .sort((a, b) => (a.table < b.table ? -1 : 1));
}
