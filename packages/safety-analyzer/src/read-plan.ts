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
