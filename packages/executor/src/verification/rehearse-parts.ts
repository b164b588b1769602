import type { Database } from "@surql/connection";
import { rehearseSteps, type PlanStep } from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import { plannedObject, type PlannedObject } from "../plan/planned-object.ts";
import type { PlannedOutcome } from "../plan/plan-outcome.ts";
import type { Part } from "../run/lay-out.ts";
import { addressOf } from "./expectation.ts";

/** For each part of a plan, the objects that it changes, as they are behind it. */
export type PartOutcomes = readonly (readonly PlannedObject[])[];

/**
 * Rehearses a plan of several parts, and looks at the schema behind each.
 *
 * @param outcome What the plan as a whole makes of the schema.
 * @returns `undefined` where that is not shown: of a single part, or when a statement cannot be rehearsed or does another thing
 * than what the plan tells.
 * @throws `CONNECTION.*`.
 */
export async function rehearseParts(
  db: Database,
  parts: readonly Part[],
  schema: Schema,
  outcome: PlannedOutcome | undefined,
): Promise<PartOutcomes | undefined> {
  if (parts.length < 2 || outcome === undefined) return undefined;
  const steps = parts.map(({ statements }): PlanStep => ({
    migration: statements[0]?.migration ?? "",
    statements: statements.map(({ text, line }) => ({ text, line, column: 1 })),
  }));
  const ends = new Set(steps.flatMap(({ statements }) => statements.slice(-1)));
  const rehearsal = await rehearseSteps(db, steps, { schema, ends });
  if (rehearsal.ground === "none" || rehearsal.unproven.size > 0) return undefined;
  const segments = [...rehearsal.segments];
  const outcomes = steps.map(({ statements }) => {
    const made = new Map<string, PlannedObject>();
    let last = statements.length === 0 ? undefined : segments[0]?.statements.at(-1)?.statement;
    while (last !== undefined) {
      for (const { after, ...object } of segments.shift()?.changes ?? []) {
        made.set(addressOf(object), plannedObject({ ...object, text: after }));
      }
      if (last === statements.at(-1)) break;
      last = segments[0]?.statements.at(-1)?.statement;
      if (last !== undefined && !statements.includes(last)) return undefined;
    }
    return [...made.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
  });
  if (!outcomes.every((one) => one !== undefined)) return undefined;
  const all = new Map(madeUntil(outcomes).map((one) => [addressOf(one), one.hash]));
  const agrees = outcome.objects.every((one) => all.get(addressOf(one)) === one.hash);
  return agrees ? outcomes : undefined;
}

/** What parts together make of the objects that they change; the last one has the last word. Pure. */
export function madeUntil(outcomes: PartOutcomes): readonly PlannedObject[] {
  return [...new Map(outcomes.flat().map((one) => [addressOf(one), one])).values()];
}
