import type { Schema, TableSnapshot } from "./snapshot.ts";

/**
 * All tables of a schema by name: those that are no relations first, then the relations.
 *
 * @example
 * ```ts
 * for (const [name, { fields }] of tablesOf(schema)) console.log(name, Object.keys(fields));
 * ```
 */
export function tablesOf({
  tables,
  edges,
}: Pick<Schema, "tables" | "edges">): ReadonlyMap<string, TableSnapshot> {
  return new Map([...Object.entries(tables), ...Object.entries(edges)]);
}
