import { createHash } from "node:crypto";
import type { DatabaseTarget } from "@surql/connection";
import type { AppliedMigration } from "@surql/history";
import type { RollbackPlan } from "./rollback-plan.ts";

/** What a plan rests on and what it would do. */
export type Fingerprinted = Pick<
  RollbackPlan,
  | "fromVersion"
  | "toVersion"
  | "migrations"
  | "transactions"
  | "overallSafety"
  | "requiresApproval"
  | "issues"
  | "assumptions"
  | "preserve"
  | "keepForMs"
>;

/**
 * SHA-256 (hexadecimal) over where a plan would run, the ledger as it is there, and the plan itself. Pure.
 *
 * Made again before the plan is carried out: when it differs, the ledger moved or the plan was edited.
 */
export function fingerprintOf(
  target: DatabaseTarget,
  ledger: readonly AppliedMigration[],
  plan: Fingerprinted,
): string {
  const ground = [
    [target.namespace, target.database],
    // When each was applied tells this database from another that has the same migrations.
    ledger.map(({ version, checksum, appliedAt }) => [version, checksum, appliedAt]),
    [plan.fromVersion, plan.toVersion, plan.overallSafety, plan.requiresApproval],
    plan.migrations.map(({ version, statements, statementsDone }) => [
      version,
      statementsDone,
      statements,
    ]),
    plan.transactions.map(({ statements }) => statements.map((one) => [one.migration, one.index])),
    plan.issues.map(({ safety, code, migration, object, impact, policy }) => [
      safety,
      code,
      migration,
      object,
      impact?.records,
      policy,
    ]),
    plan.assumptions.map(({ migration, code, check }) => [migration, code, check]),
    // A plan that keeps nothing has the fingerprint that it always had.
    ...(plan.preserve === undefined ? [] : [plan.keepForMs, plan.preserve]),
  ];
  return createHash("sha256").update(JSON.stringify(ground)).digest("hex");
}
