/**
 * The tables in which surql keeps its own books. They are no part of anybody's schema.
 *
 * @example
 * ```ts
 * const theirs = Object.keys(schema.tables).filter((table) => !ownedTables.includes(table));
 * ```
 */
export const ownedTables: readonly string[] = [
  "_migration_event",
  "_migration_history",
  "_migration_lock",
  "_rollback_quarantine",
  "_schema_snapshot",
];
