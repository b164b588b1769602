import { redactSecrets } from "@surql/surrealql";
import { outsideEffects } from "../outside-effects.ts";
import type { Unit } from "./plan-units.ts";
import type { RehearsalPlan } from "./rehearsal-plan.ts";

/** What is not run in a scratch engine either: calls that may never end, for it runs in this process and would end it. */
export function leftOutScratch(plan: RehearsalPlan): (unit: Unit) => string | undefined {
  const endless = new Map(
    outsideEffects(plan.steps, plan.schema)
      .filter((effect) => effect.endless)
      .map(({ statement, by, does }) => [
        statement,
        by === undefined ? does : `may set off ${by}, which ${does}`,
      ]),
  );
  return (unit) => {
    for (const { statement } of unit) {
      const why = endless.size === 0 ? undefined : endless.get(redactSecrets(statement.text));
      if (why !== undefined)
        return `it is not run, as it ${why}: one that does not end would end surql with the engine`;
    }
    return undefined;
  };
}
