import type { MigrationDirection } from "@surql/migration";
import type { Statement, Touch } from "@surql/surrealql";
import type { Finding, SafetyRule, StepContext } from "./define-rule.ts";
import type { LiveSchema } from "./live-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import type { PlannedTouch } from "./read-plan.ts";
import { homeTable, type Evidence } from "./rollback-issue.ts";
import { buildTimeline } from "./schema-timeline.ts";
import { touchContexts } from "./touch-contexts.ts";

/** A finding, and where in the plan it was made. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly step: PlanStep;
  /** `undefined` when it is about the step as a whole. */
  readonly statement?: Statement | undefined;
  /** What of the statement it is about. */
  readonly touch?: Touch | undefined;
  /** Set when the plan was rehearsed. */
  readonly evidence?: Evidence | undefined;
}

/** What the rules look at. */
export interface FindingSources {
  /** The schema before the plan. */
  readonly live: LiveSchema;
  readonly rules: readonly SafetyRule[];
  readonly direction: MigrationDirection;
}

/**
 * Lets the rules judge a plan, in the order in which it runs. Nothing is counted yet.
 *
 * What a plan does to a table that it removes later is told by the issue of the table.
 */
export function collectFindings(
  steps: readonly PlanStep[],
  plan: readonly PlannedTouch[],
  { live, rules, direction }: FindingSources,
): readonly PlacedFinding[] {
  const timeline = buildTimeline(
    plan.map(({ touch }) => touch),
    live,
  );
  const found: PlacedFinding[] = [];
  for (const step of steps) {
    const context: StepContext = { step, direction, live };
    for (const rule of rules) {
      for (const finding of rule.judgeStep?.(context) ?? []) found.push({ finding, step });
    }
  }
  for (const [position, context] of touchContexts(plan, { direction, live, timeline }).entries()) {
    const { step, statement, touch } = context;
    for (const finding of rules.flatMap((rule) => rule.judgeTouch?.(context) ?? [])) {
      const table = homeTable(finding);
      const isFolded =
        finding.outlivesTable !== true &&
        table !== undefined &&
        timeline.removesTableAfter(table, position);
      if (!isFolded) found.push({ finding, step, statement, touch });
    }
  }
  return found;
}

/** What the caller does not take care of itself. */
export function withoutHandled(
  findings: readonly PlacedFinding[],
  handles: readonly string[] = [],
): readonly PlacedFinding[] {
  return findings.filter(({ finding }) => !handles.includes(finding.code));
}
