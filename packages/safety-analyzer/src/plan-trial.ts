import type { Schema } from "@surql/snapshot";
import { unquoteIdentifier, type Touch } from "@surql/surrealql";
import { bearingSteps } from "./bearing-steps.ts";
import { firstPart } from "./field-path.ts";
import { readLiveSchema } from "./live-schema.ts";
import { outsideEffects } from "./outside-effects.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan } from "./read-plan.ts";

/** What is run to see what becomes of records. */
export interface PlanTrial {
  /** The scripts without what only reads, and without index builds. */
  readonly steps: readonly PlanStep[];
  /** The fields of a table that are computed when they are read, before the plan or by it: they are not stored. */
  computedFields(table: string): readonly string[];
}

/**
 * Chooses what of a plan is run to see what becomes of records.
 *
 * @param tooLarge Tables with too many records for anything to be tried on them.
 * @returns `undefined` when it could do harm, or write to such a table.
 */
export function planTrial(
  steps: readonly PlanStep[],
  schema: Schema,
  tooLarge: ReadonlySet<string>,
): PlanTrial | undefined {
  const chosen = bearingSteps(steps);
  if (chosen === undefined) return undefined;
  const touches = readPlan(chosen).map(({ touch }) => touch);
  if (tooLarge.size > 0 && touches.some((touch) => mayWriteTo(touch, tooLarge))) return undefined;
  if (outsideEffects(chosen, schema).length > 0) return undefined;
  const live = readLiveSchema(schema);
  return {
    steps: chosen,
    computedFields: (table) => [
      ...live
        .ofTable(table, "field")
        .flatMap(({ object, clauses }) => ("COMPUTED" in clauses ? [fieldName(object.name)] : [])),
      ...touches.flatMap((touch) => computedBy(touch, table)),
    ],
  };
}

function mayWriteTo(touch: Touch, tables: ReadonlySet<string>): boolean {
  if (touch.effect === "call") return true;
  return touch.effect === "write" && (touch.tables?.some((one) => tables.has(one)) ?? true);
}

/** Such a field is always at the top of its record (measured on 3.0.2). */
function computedBy(touch: Touch, table: string): readonly string[] {
  if (touch.effect !== "define" && touch.effect !== "alter") return [];
  const { object, clauses } = touch;
  const isMeant = object.kind === "field" && object.table === table && "COMPUTED" in clauses;
  return isMeant ? [fieldName(object.name)] : [];
}

function fieldName(path: string): string {
  return unquoteIdentifier(firstPart(path));
}
