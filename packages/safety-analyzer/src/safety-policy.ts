import { redactSecrets } from "@surql/surrealql";
import {
  homeTable,
  worstSafety,
  type RollbackIssue,
  type RollbackSafety,
} from "./rollback-issue.ts";

/**
 * What a team decides about a kind of issue, against the analysis or beyond it. Without `table` and
 * `migration` it is about every issue of its code.
 */
export interface SafetyPolicy {
  /** The code of the issues that it is about, such as `field_removed`. */
  readonly code: string;
  /** Only issues about this table, or about something defined on it. */
  readonly table?: string | undefined;
  /** Only issues of the migration of this version. */
  readonly migration?: string | undefined;
  /** The level that the issues get in place of their own. */
  readonly level?: RollbackSafety | undefined;
  /**
   * Whoever runs it must approve, whatever the level. `false` is refused: what needs no approval is `safe`.
   */
  readonly requireApproval?: boolean | undefined;
  /** Why. It stands in the plan and in the record of the rollback. */
  readonly reason: string;
}

/**
 * Codes that no rule has: what a plan says of its way back (`@surql/executor`), such as that it is computed from snapshots, what
 * of its losses is not kept, and what rests on it.
 */
export const planCodes: readonly string[] = [
  "computed_down",
  "data_not_undone",
  "held_at_once",
  "not_computed",
  "not_independent",
];

/** Codes for what could not be judged, wholly or in part: nothing can say that it is less. */
export const fixedCodes: readonly string[] = [
  "data_not_undone",
  "irreversible",
  "not_independent",
  "rehearsal_failed",
  "unknown",
];

/**
 * Lets policies decide about issues. Of several that fit an issue, the narrowest one decides alone:
 * table and migration, then migration, then table, then code; of two alike, the first in the list.
 * An issue that a policy has decided already stays as it is. Pure.
 *
 * @returns The issues in their order; one that a policy changed says so in `policy`.
 * @example
 * ```ts
 * const policy: SafetyPolicy = { code: "table_removed", level: "safe", reason: "It is rebuilt nightly." };
 * applyPolicies(issues, [policy])[0]; // { safety: "safe", …, policy: { level: "unsafe", reason: "It is rebuilt nightly." } }
 * ```
 */
export function applyPolicies(
  issues: readonly RollbackIssue[],
  policies: readonly SafetyPolicy[],
): readonly RollbackIssue[] {
  if (policies.length === 0) return issues;
  return issues.map((issue) => {
    const policy = issue.policy === undefined ? narrowest(policies, issue) : undefined;
    if (policy === undefined) return issue;
    const { level: wanted = issue.safety, requireApproval, reason } = policy;
    const safety = fixedCodes.includes(issue.code) ? worstSafety([issue.safety, wanted]) : wanted;
    if (safety === issue.safety && requireApproval !== true) return issue;
    return {
      ...issue,
      safety,
      policy: {
        level: issue.safety,
        reason: redactSecrets(reason),
        ...(requireApproval === true ? { requireApproval } : {}),
      },
    };
  });
}

function narrowest(
  policies: readonly SafetyPolicy[],
  issue: RollbackIssue,
): SafetyPolicy | undefined {
  let found: SafetyPolicy | undefined;
  for (const policy of policies) {
    if (fits(policy, issue) && (found === undefined || narrowness(policy) > narrowness(found)))
      found = policy;
  }
  return found;
}

function fits({ code, table, migration }: SafetyPolicy, issue: RollbackIssue): boolean {
  return (
    code === issue.code &&
    (table === undefined || table === homeTable(issue)) &&
    (migration === undefined || migration === issue.migration)
  );
}

function narrowness({ table, migration }: SafetyPolicy): number {
  return (migration === undefined ? 0 : 2) + (table === undefined ? 0 : 1);
}
