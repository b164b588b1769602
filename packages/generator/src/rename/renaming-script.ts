import {
  differenceScript,
  type DifferenceGap,
  type DifferenceStatement,
  type Schema,
} from "@surql/snapshot";
import {
  moveEdges,
  moveField,
  moveLinks,
  moveTable,
  purgeEdges,
  type MoveStatement,
} from "./move-statements.ts";
import { planLinks, type LinkPlan, type NotMoved } from "./plan-links.ts";
import type { Rename } from "./rename.ts";
import { schemaBetween } from "./schema-between.ts";

/** The statements of one direction of a migration, in the order in which they run, and what no statement can do. */
export interface MigrationScript {
  readonly statements: readonly (DifferenceStatement | MoveStatement)[];
  readonly gaps: readonly DifferenceGap[];
  /** What still leads to the old name of a table, or may do so, and why it is not rewritten. */
  readonly notMoved: readonly NotMoved[];
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
  const plan = planLinks(before, after, renames);
  const between = schemaBetween(before, after, renames, plan);
  const opening = differenceScript(before, between);
  const closing = differenceScript(between, after);
  return {
    statements: [...opening.statements, ...moves(after, renames, plan), ...closing.statements],
    gaps: [...opening.gaps, ...closing.gaps],
    notMoved: plan.notMoved,
  };
}

/** Records before the edges between them, and links before what they led to goes. */
function moves(
  after: Schema,
  renames: readonly Rename[],
  { links, edges, purged }: LinkPlan,
): readonly MoveStatement[] {
  const tables = renames.filter(({ kind }) => kind === "table");
  const isEdge = ({ to }: Rename): boolean => Object.hasOwn(after.edges, to);
  const copied = [...tables.filter((one) => !isEdge(one)), ...tables.filter(isEdge)];
  return [
    ...renames.filter(({ kind }) => kind === "field").map(moveField),
    ...copied.map((one) => moveTable(after, one, tables)),
    ...edges.map((one) => moveEdges(one, tables)),
    ...links.map((one) => moveLinks(one, tables)),
    ...purged.map(purgeEdges),
  ];
}
