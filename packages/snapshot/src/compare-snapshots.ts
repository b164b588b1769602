import { compareSchemas } from "./compare-schemas.ts";
import type { SchemaDifference } from "./difference.ts";
import type { SchemaSnapshot } from "./snapshot.ts";

/**
 * Says what turns the schema of one snapshot into that of another: every object that was added, removed or
 * modified, down to the attribute. Whatever is removed or added with its table is listed by itself too.
 *
 * Tables and edges share their names: a table that became a relation is modified. Of a table that the engine
 * refused to show in one of the snapshots, only the table itself is compared.
 *
 * @returns Changes sorted by path, then kind. `compareSnapshots(b, a)` is the mirror of `compareSnapshots(a, b)`.
 * @example
 * ```ts
 * const { changes } = compareSnapshots(before, after);
 * // [{ change: "modified", kind: "field", table: "user", name: "bio", path: "user.bio", …,
 * //    attributes: [{ attribute: "type", before: "string", after: "option<string>" }] }]
 * ```
 */
export function compareSnapshots(before: SchemaSnapshot, after: SchemaSnapshot): SchemaDifference {
  const changes = compareSchemas(before, after);
  return { from: before.version, to: after.version, identical: changes.length === 0, changes };
}
