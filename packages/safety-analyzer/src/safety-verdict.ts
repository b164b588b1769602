import type { Assumption } from "./assumption.ts";
import type { AnalysisOptions } from "./analyze-steps.ts";
import { forbiddenIn, type ForbiddenStatement } from "./find-forbidden.ts";
import { sayNoWayBack } from "./no-way-back.ts";
import type { PlannedTouch } from "./read-plan.ts";
import type { RehearsalReport } from "./rehearsal/rehearsal-report.ts";
import type { RehearsedOutcome } from "./rehearsal/rehearsed-outcome.ts";
import { worstSafety, type RollbackIssue, type RollbackSafety } from "./rollback-issue.ts";
import { applyPolicies } from "./safety-policy.ts";

/** Issues, and what they come to. */
export interface OverallVerdict {
  /** In the order in which the plan runs. */
  readonly issues: readonly RollbackIssue[];
  /** The worst level of the issues; `unsafe` when there are forbidden statements. */
  readonly overallSafety: RollbackSafety;
  /** Whether it is anything but `safe`, or a policy demands it. */
  readonly requiresApproval: boolean;
}

/** The verdict on a plan. A plain value. */
export interface SafetyVerdict extends OverallVerdict {
  /** Statements that must not be run at all: see {@link refuseForbidden}. */
  readonly forbidden: readonly ForbiddenStatement[];
  /** What it takes to be so because the data is so today: whoever runs the scripts asks again. Left out without a database. */
  readonly assumptions?: readonly Assumption[] | undefined;
  /** How the plan was rehearsed; left out when that was not asked for. */
  readonly rehearsal?: RehearsalReport | undefined;
  /** What the rehearsal did to the schema; left out when there was none. */
  readonly outcome?: RehearsedOutcome | undefined;
}

/**
 * Says how bad issues are all in all, and whether somebody has to approve them. Pure.
 *
 * @param atLeast The level whatever the issues are; `safe` when left out.
 * @example
 * ```ts
 * const later = overallVerdict([...verdict.issues, ...found]);
 * if (later.requiresApproval) await ask(later.issues);
 * ```
 */
export function overallVerdict(
  issues: readonly RollbackIssue[],
  atLeast: RollbackSafety = "safe",
): OverallVerdict {
  const overallSafety = worstSafety([atLeast, ...issues.map(({ safety }) => safety)]);
  const requiresApproval =
    overallSafety !== "safe" || issues.some(({ policy }) => policy?.requireApproval === true);
  return { issues, overallSafety, requiresApproval };
}

/** Says what there is no way back from, lets the policies decide, and says how bad it is all in all. */
export function verdictOn(
  plan: readonly PlannedTouch[],
  found: readonly RollbackIssue[],
  { policies = [], direction = "down" }: Pick<AnalysisOptions, "policies" | "direction">,
): SafetyVerdict {
  const forbidden = forbiddenIn(plan);
  const issues = applyPolicies(direction === "up" ? sayNoWayBack(found) : found, policies);
  return { ...overallVerdict(issues, forbidden.length > 0 ? "unsafe" : "safe"), forbidden };
}
