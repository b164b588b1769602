import { redactSecrets, type Touch } from "@surql/surrealql";
import { outsideEffects } from "../outside-effects.ts";
import type { RehearsalPlan } from "./rehearsal-plan.ts";
import type { Unit } from "./plan-units.ts";

/**
 * What is not run on the database itself, though its transaction is cancelled: everything but changes of the schema,
 * and the building of indexes and views, which takes long over many records and of which the engine does not undo all.
 */
export function leftOutLive(plan: RehearsalPlan): (unit: Unit) => string | undefined {
  const outside = new Set(
    outsideEffects(plan.steps, plan.schema).map(({ statement }) => statement),
  );
  return (unit) => {
    const isTried = unit.every(
      ({ statement }) =>
        plan.touchesOf(statement).every(changesSchemaAlone) &&
        !outside.has(redactSecrets(statement.text)),
    );
    return isTried ? undefined : "only changes of the schema are tried on the database itself";
  };
}

function changesSchemaAlone(touch: Touch): boolean {
  if (touch.effect === "read" || touch.effect === "remove") return true;
  if (touch.effect !== "define" && touch.effect !== "alter") return false;
  return touch.object.kind !== "index" && !("AS" in touch.clauses);
}
