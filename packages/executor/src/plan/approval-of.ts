import type { Approval } from "@surql/history";
import { touchedDrift } from "../drift/planned-drift.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/** What whoever carries out a plan approves, as the event keeps it: the verdict, and what policies made of it. Pure. */
export function approvalOf({ overallSafety, issues, snapshot, drift }: RollbackPlan): Approval {
  const policies = issues.flatMap(({ safety, code, migration, object, policy }) => {
    if (policy === undefined) return [];
    const { level, reason, requireApproval } = policy;
    return [
      {
        code,
        migration,
        from: level,
        to: safety,
        reason,
        ...(object === undefined ? {} : { object }),
        ...(requireApproval === true ? { requireApproval } : {}),
      },
    ];
  });
  const accepted = [...touchedDrift(drift), ...(snapshot?.differences ?? [])];
  const differences = [...new Set(accepted.map(({ path }) => path))].toSorted();
  return {
    level: overallSafety,
    issues: issues.map(({ code }) => code),
    ...(policies.length > 0 ? { policies } : {}),
    ...(differences.length > 0 ? { differences } : {}),
  };
}
