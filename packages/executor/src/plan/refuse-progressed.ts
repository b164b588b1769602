import type { Database } from "@surql/connection";
import { readUnfinished } from "@surql/history";
import { stalePlan } from "./plan-errors.ts";
import type { RollbackPlan } from "./rollback-plan.ts";
import { refuseHalfWay } from "../run/refuse-half-way.ts";

/**
 * Refuses a plan of which an interrupted run has done more, or less, than when it was made: the ledger does not
 * move until a migration is through.
 *
 * @throws `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.STALE_PLAN`.
 */
export async function refuseProgressed(db: Database, plan: RollbackPlan): Promise<void> {
  const unfinished = await readUnfinished(db);
  refuseHalfWay(unfinished, "down");
  const moved = plan.migrations.find(
    ({ version, statementsDone }) =>
      (unfinished.get(version)?.statementsDone ?? 0) !== statementsDone,
  );
  if (moved === undefined) return;
  const done = unfinished.get(moved.version)?.statementsDone ?? 0;
  throw stalePlan(
    `Of ${moved.version} ${done} statements are done, not ${moved.statementsDone} as when it was made.`,
    plan.toVersion,
  );
}
