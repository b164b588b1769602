import type { Database } from "@surql/connection";
import { readUnfinished, type Progress } from "@surql/history";
import { stalePlan } from "./plan-errors.ts";
import type { PlannedMigration, RollbackPlan } from "./rollback-plan.ts";
import { refuseHalfRestored } from "../restore/go-on-restoring.ts";
import { refuseHalfWay } from "../run/refuse-half-way.ts";

/**
 * Refuses a plan of which an interrupted run has done more, or less, than when it was made: the ledger does not
 * move until a migration is through.
 *
 * @throws `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.RESTORE_UNFINISHED`, `EXECUTOR.STALE_PLAN`.
 */
export async function refuseProgressed(db: Database, plan: RollbackPlan): Promise<void> {
  const unfinished = await readUnfinished(db);
  const moved = plan.migrations.find((planned) => {
    const { direction = "down", statementsDone = 0 } = unfinished.get(planned.version) ?? {};
    const expected = progressAtStart(planned);
    return direction !== expected.direction || statementsDone !== expected.statementsDone;
  });
  refuseHalfWay(unfinished, "down", moved === undefined ? halfAppliedIn(plan) : []);
  await refuseHalfRestored(db);
  if (moved === undefined) return;
  const done = unfinished.get(moved.version)?.statementsDone ?? 0;
  throw stalePlan(
    `Of ${moved.version} ${done} statements are done, not ${progressAtStart(moved).statementsDone} as when it was made.`,
    plan.toVersion,
  );
}

function halfAppliedIn({ migrations }: RollbackPlan): readonly string[] {
  return migrations.flatMap(({ version, halfApplied }) =>
    halfApplied === undefined ? [] : [version],
  );
}

/** How far a migration was when the plan was made. */
function progressAtStart({
  statementsDone,
  halfApplied,
}: PlannedMigration): Pick<Progress, "direction" | "statementsDone"> {
  return halfApplied !== undefined && statementsDone === 0
    ? { direction: "up", statementsDone: halfApplied.statementsDone }
    : { direction: "down", statementsDone };
}
