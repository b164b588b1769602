import {
  differenceScript,
  objectPath,
  type DifferenceGap,
  type DifferenceStatement,
  type Schema,
} from "@surql/snapshot";
import { linkFields } from "./link-fields.ts";
import { moveField, moveLinks, moveTable, type MoveStatement } from "./move-statements.ts";
import type { Rename } from "./rename.ts";
import { schemaBetween } from "./schema-between.ts";

/** The statements of one direction of a migration, in the order in which they run, and what no statement can do. */
export interface MigrationScript {
  readonly statements: readonly (DifferenceStatement | MoveStatement)[];
  readonly gaps: readonly DifferenceGap[];
  /** Paths of what still points to the old name of a table, as the ends of edges, which cannot be rewritten. */
  readonly notMoved: readonly string[];
}

/**
 * Writes the statements that turn one schema into another and move the data of what has another name. Pure.
 *
 * The data moves in a schema of its own between the two, in which a record is taken as it is.
 */
export function renamingScript(
  before: Schema,
  after: Schema,
  renames: readonly Rename[],
): MigrationScript {
  if (renames.length === 0) return { ...differenceScript(before, after), notMoved: [] };
  const linked = renames
    .filter(({ kind }) => kind === "table")
    .map((rename) => ({ rename, links: linkFields(before, after, rename) }));
  const links = linked.flatMap((one) => one.links);
  const between = schemaBetween(before, after, renames, links);
  const opening = differenceScript(before, between);
  const closing = differenceScript(between, after);
  const moves = renames.map((rename) =>
    rename.kind === "field" ? moveField(rename) : moveTable(after, rename),
  );
  const relinked = linked.flatMap((one) =>
    one.links.filter(({ holds }) => holds !== "unknown").map((link) => moveLinks(one.rename, link)),
  );
  return {
    statements: [...opening.statements, ...moves, ...relinked, ...closing.statements],
    gaps: [...opening.gaps, ...closing.gaps],
    notMoved: links
      .filter(({ holds }) => holds === "unknown")
      .map(({ table, field }) => objectPath({ kind: "field", table, name: field })),
  };
}
