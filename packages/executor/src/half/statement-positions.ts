import type { PlannedMigration } from "../plan/rollback-plan.ts";

/** The position of each statement of a plan in the down script of its migration, from 0. Pure. */
export function statementPositions({
  statements,
  statementsDone,
  halfApplied,
}: Pick<PlannedMigration, "statements" | "statementsDone" | "halfApplied">): readonly number[] {
  const leftOut = new Set(halfApplied?.leftOut);
  const positions: number[] = [];
  for (let at = statementsDone; positions.length < statements.length; at += 1) {
    if (!leftOut.has(at)) positions.push(at);
  }
  return positions;
}
