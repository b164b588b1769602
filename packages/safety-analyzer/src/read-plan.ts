import { readingOf, type Statement, type Touch } from "@surql/surrealql";
import type { PlanStep } from "./plan-step.ts";

/** One thing that a plan does, and where. */
export interface PlannedTouch {
  readonly step: PlanStep;
  readonly statement: Statement;
  readonly touch: Touch;
  /** Whether its statement does nothing else. */
  readonly isSole: boolean;
}

/** Reads every statement of a plan, in the order in which they run. */
export function readPlan(steps: readonly PlanStep[]): readonly PlannedTouch[] {
  return steps.flatMap((step) =>
    step.statements.flatMap((statement) => {
      const { touches } = readingOf(statement);
      return touches.map((touch) => ({ step, statement, touch, isSole: touches.length === 1 }));
    }),
  );
}

/** What each statement of a plan does; those that do nothing are missing. */
export function touchesByStatement(
  plan: readonly PlannedTouch[],
): ReadonlyMap<Statement, readonly PlannedTouch[]> {
  const found = new Map<Statement, PlannedTouch[]>();
  for (const planned of plan) {
    const known = found.get(planned.statement);
    if (known === undefined) found.set(planned.statement, [planned]);
    else known.push(planned);
  }
  return found;
}
