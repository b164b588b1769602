import { SurqlError } from "@surql/errors";
import { compareSchemas, type Schema, type SchemaChange } from "@surql/snapshot";
import { isMovable } from "./find-renames.ts";
import type { Rename } from "./rename.ts";

/** Two paths: what is gone, and what it is called now. */
export interface NamedRename {
  readonly from: string;
  readonly to: string;
}

/**
 * Makes renames of what somebody says: `user.bio` is `user.about` now. Pure.
 *
 * @throws `GENERATOR.NOT_A_RENAME` unless one is gone and the other is new, both tables or both fields of one table, and no elements of an array.
 * @example
 * ```ts
 * await db.query("DEFINE TABLE author; DEFINE TABLE old_author");
 * const old = await captureSchema(db);
 * await db.query("REMOVE TABLE old_author; DEFINE TABLE new_author");
 * nameRenames(old, await captureSchema(db), [{ from: "old_author", to: "new_author" }]);
 * // [{ kind: "table", from: "old_author", to: "new_author" }]
 * ```
 */
export function nameRenames(
  before: Schema,
  after: Schema,
  named: readonly NamedRename[],
): readonly Rename[] {
  const changes = compareSchemas(before, after);
  return named.map(({ from, to }) => {
    const gone = changes.find(({ change, path }) => change === "removed" && path === from);
    const come = changes.find(({ change, path }) => change === "added" && path === to);
    const rename = gone && come && renameOf(gone, come);
    if (rename === undefined) throw notARename(from, to, changes);
    return rename;
  });
}

function renameOf(gone: SchemaChange, come: SchemaChange): Rename | undefined {
  const { kind, table, name: from } = gone;
  const { name: to } = come;
  if (kind !== come.kind || table !== come.table) return undefined;
  if (kind === "table" || kind === "edge") return { kind: "table", from, to };
  const isField = kind === "field" && isMovable(from) && isMovable(to);
  return isField ? { kind: "field", table, from, to } : undefined;
}

/** `GENERATOR.NOT_A_RENAME`: what is called a rename is none. */
function notARename(from: string, to: string, changes: readonly SchemaChange[]): SurqlError {
  const paths = (wanted: string): string =>
    changes.flatMap(({ change, path }) => (change === wanted ? [path] : [])).join(", ") ||
    "nothing";
  return new SurqlError({
    code: "GENERATOR.NOT_A_RENAME",
    category: "usage",
    message: `${from} cannot have become ${to}.`,
    why: "One has to be gone and the other new, both tables or both fields of one table.",
    nextActions: [`Gone are: ${paths("removed")}.`, `New are: ${paths("added")}.`],
    meta: { from, to },
  });
}
