import { retryReads, type Database } from "@surql/connection";
import { getAppliedMigrations, type AppliedMigration } from "@surql/history";
import { stalePlan } from "./errors.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { RollbackPlan } from "./rollback-plan.ts";

/**
 * Makes the plan's fingerprint again, from the ledger as it is now.
 *
 * @returns The ledger, oldest first.
 * @throws `EXECUTOR.STALE_PLAN`.
 */
export async function refuseStale(
  db: Database,
  plan: RollbackPlan,
): Promise<readonly AppliedMigration[]> {
  const ledger = await getAppliedMigrations(retryReads(db));
  if (fingerprintOf(db.target, ledger, plan) === plan.fingerprint) return ledger;
  const current = ledger.at(-1)?.version ?? "base";
  throw stalePlan(
    current === plan.fromVersion
      ? "Since it was made the ledger, the migrations or the data that its verdict counts have changed, or the plan was edited."
      : `It was made for a database at ${plan.fromVersion}; this one is at ${current}.`,
    plan.toVersion,
  );
}
