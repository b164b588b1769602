import { sha256 } from "./sha256.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/** What a fingerprint is taken of. */
export type Fingerprinted = Pick<
  RollbackPlan,
  | "target"
  | "toVersion"
  | "ground"
  | "migrations"
  | "overallSafety"
  | "requiresApproval"
  | "issues"
  | "assumptions"
  | "preserve"
  | "keepForMs"
>;

/**
 * SHA-256 (hexadecimal) over where a plan runs, what it rests on, the statements that it runs and the verdict. Pure.
 *
 * Two plans with the same one would do the same to the same ground, and are judged alike, whenever they were made.
 */
export function fingerprintOf(plan: Fingerprinted): string {
  const { target, toVersion, ground, migrations, overallSafety, requiresApproval } = plan;
  const rests = {
    target,
    toVersion,
    objects: ground.objects.map(({ path, kind, hash }) => [path, kind, hash]),
    history: ground.history.map((row) => [row.role, row.version, row.checksum, row.appliedAt]),
    migrations: migrations.map(({ version, statementsDone, statementHashes, halfApplied }) => [
      version,
      statementsDone,
      statementHashes,
      ...(halfApplied === undefined ? [] : [halfApplied]),
    ]),
    verdict: [overallSafety, requiresApproval],
    issues: plan.issues.map(({ safety, code, migration, object, impact, policy }) => [
      safety,
      code,
      migration,
      object,
      impact?.records,
      policy,
    ]),
    assumptions: plan.assumptions.map(({ migration, code, check }) => [migration, code, check]),
    // A plan that keeps nothing has the fingerprint that it always had.
    ...(plan.preserve === undefined ? {} : { kept: [plan.keepForMs, plan.preserve] }),
  };
  return sha256(JSON.stringify(rests));
}
