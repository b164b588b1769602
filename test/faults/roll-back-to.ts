import {
  createRollbackPlan,
  executeRollback,
  type RollbackOptions,
  type RollbackPlanOptions,
} from "surql";
import type { Stage } from "./scenario.ts";

/** `rollback`, planned as it stands and carried out at once. */
export async function rollBackTo(
  { db, migrations, options }: Stage,
  target: string,
  planning: RollbackPlanOptions = {},
  carryingOut: Pick<RollbackOptions, "backup"> = {},
): Promise<void> {
  const plan = await createRollbackPlan(db, migrations, target, planning);
  const { success, errors } = await executeRollback(db, plan, {
    ...options,
    ...carryingOut,
    force: true,
  });
  if (!success) throw new Error(errors[0]?.message);
}
