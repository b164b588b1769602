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
 * const before = await createSnapshot(db, { version: "20260109_120000" });
 * await db.query("DEFINE FIELD OVERWRITE bio ON user TYPE string");
 * compareSnapshots(before, await createSnapshot(db, { version: "live" })).changes;
 * // [{ change: "modified", kind: "field", table: "user", name: "bio", path: "user.bio", …,
 * //    attributes: [{ attribute: "type", before: "option<string>", after: "string" }] }]
 * ```
 */
export function compareSnapshots(before: SchemaSnapshot, after: SchemaSnapshot): SchemaDifference {
  const changes = compareSchemas(before, after);
  return { from: before.version, to: after.version, identical: changes.length === 0, changes };
}
