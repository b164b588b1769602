import type { SafetyRule } from "./define-rule.ts";
import { invalidPolicies } from "./errors.ts";
import { safetyLevels } from "./rollback-issue.ts";
import { builtInRules } from "./rules/index.ts";
import { fixedCodes, planCodes, type SafetyPolicy } from "./safety-policy.ts";

/** Something that is wrong with a policy. */
export interface PolicyProblem {
  /** Where it is: `policies.0.reason`, or `policies.0` when it is the policy as a whole. */
  readonly path: string;
  /** Continues a sentence that begins with the path: `must not be empty`. */
  readonly problem: string;
}

/**
 * Looks for what is wrong with policies: codes that neither a rule in use nor a plan has, reasons that say nothing, levels
 * that cannot be, and an attempt to lower what could not be judged. Pure.
 *
 * @example
 * ```ts
 * checkPolicies([{ code: "unknown", level: "safe", reason: "We looked." }]);
 * // [{ path: "policies.0.level", problem: "cannot lower unknown: what cannot be judged is never safe" }]
 * ```
 */
export function checkPolicies(
  policies: readonly SafetyPolicy[],
  rules: readonly SafetyRule[] = builtInRules,
): readonly PolicyProblem[] {
  const codes = new Set([...fixedCodes, ...planCodes, ...rules.flatMap((rule) => rule.codes)]);
  return policies.flatMap((policy, index) =>
    problemsOf(policy, codes).map(([key, problem]) => ({
      path: `policies.${index}${key === "" ? "" : `.${key}`}`,
      problem,
    })),
  );
}

/** Throws `SAFETY.INVALID_POLICY` when {@link checkPolicies} finds something. */
export function refuseInvalidPolicies(
  policies: readonly SafetyPolicy[],
  rules: readonly SafetyRule[],
): void {
  const problems = checkPolicies(policies, rules);
  if (problems.length > 0) throw invalidPolicies(problems);
}

type Problem = readonly [key: keyof SafetyPolicy | "", problem: string];

function problemsOf(
  { code, level, requireApproval, reason }: SafetyPolicy,
  codes: ReadonlySet<string>,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (!codes.has(code)) problems.push(["code", `is not one of ${listed(codes)}`]);
  if (level === undefined && requireApproval === undefined) {
    problems.push(["", "must have a level or requireApproval"]);
  }
  if (level !== undefined && !safetyLevels.includes(level)) {
    problems.push(["level", `must be one of ${safetyLevels.join(", ")}`]);
  } else if (level !== undefined && level !== "unsafe" && fixedCodes.includes(code)) {
    problems.push(["level", `cannot lower ${code}: what cannot be judged is never safe`]);
  }
  if (requireApproval === false) {
    problems.push(["requireApproval", "must be true; to need no approval, set level to safe"]);
  }
  if (reason.trim() === "") problems.push(["reason", "must not be empty"]);
  return problems;
}

function listed(words: Iterable<string>): string {
  return [...words].toSorted().join(", ");
}
