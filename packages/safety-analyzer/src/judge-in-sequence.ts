import type { AnalysisOptions } from "./analyze-steps.ts";
import { refuseInvalidPolicies } from "./check-policies.ts";
import { collectFindings, withoutHandled, type PlacedFinding } from "./collect-findings.ts";
import { noAnswers } from "./counting/data-question.ts";
import { growSchema } from "./growing-schema.ts";
import type { PlanStep } from "./plan-step.ts";
import { readPlan, type PlannedTouch } from "./read-plan.ts";
import { builtInRules } from "./rules/index.ts";
import { verdictOn, type SafetyVerdict } from "./safety-verdict.ts";
import { settle } from "./settle.ts";

/**
 * Judges scripts that run one after the other, with time in between: what an earlier one made is there
 * and may hold data, what it removed is gone. Only what one script adds and removes itself is no loss.
 * Pure: needs no database, and counts nothing.
 *
 * What no script defined before another one uses it, was there before all of them, perhaps.
 *
 * @param steps The scripts in the order in which they run; for migrations, parents first.
 * @param options `direction` is `up` when left out. A `schema` is not asked for: it comes from the scripts.
 * @throws `SAFETY.INVALID_POLICY`.
 * @example
 * ```ts
 * const steps = [
 *   { migration: "1", statements: splitStatements("DEFINE TABLE user; DEFINE FIELD bio ON user;") },
 *   { migration: "2", statements: splitStatements("REMOVE FIELD bio ON user;") },
 * ];
 * judgeSteps(steps).issues.length; // 0
 * // The plan as a whole adds and removes it; one after the other, the second loses it:
 * judgeInSequence(steps).issues[0]?.code; // "field_removed"
 * ```
 */
export function judgeInSequence(
  steps: readonly PlanStep[],
  options: Omit<AnalysisOptions, "schema" | "rehearse"> = {},
): SafetyVerdict {
  const { rules = builtInRules, policies = [], direction = "up", handles } = options;
  refuseInvalidPolicies(policies, rules);
  const schema = growSchema();
  const sources = { rules, direction, live: schema.live };
  const plan: PlannedTouch[] = [];
  const findings: PlacedFinding[] = [];
  for (const step of steps) {
    const planned = readPlan([step]);
    const touches = planned.map(({ touch }) => touch);
    schema.announce(touches);
    findings.push(...collectFindings([step], planned, sources));
    schema.add(touches);
    plan.push(...planned);
  }
  const wanted = withoutHandled(findings, handles);
  return verdictOn(plan, settle(wanted, noAnswers), { policies, direction });
}
