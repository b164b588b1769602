import type { Part } from "../run/lay-out.ts";
import type { PlanParts } from "./assemble-plan.ts";

/** What a reader must know of the way that a plan goes: its splits, and what stays. Pure. */
export function pathNotes(
  parts: readonly Part[],
  {
    staying,
    branch,
    isIndependent,
    down,
  }: Pick<PlanParts, "staying" | "branch" | "isIndependent" | "down">,
): readonly string[] {
  const boundaries = parts.flatMap(({ boundary }) => boundary ?? []);
  const split = [
    `Runs in ${parts.length} transactions, not one; if a later one fails, the earlier ones stay committed and the same command goes on from there.`,
    ...boundaries.map((boundary) => `Split because ${boundary}.`),
  ];
  const why =
    branch === undefined ? "does not descend from the target" : `is not of ${branch} alone`;
  const stay = `Stays, because it ${why}: ${staying.join(", ")}.`;
  const proof =
    "What stays is independent of what goes: applied by itself in an engine in memory, it gives what is left of it.";
  return [
    ...(boundaries.length > 0 ? split : []),
    ...(staying.length > 0 ? [stay] : []),
    ...(staying.length > 0 && down.length > 0 && isIndependent === true ? [proof] : []),
  ];
}
