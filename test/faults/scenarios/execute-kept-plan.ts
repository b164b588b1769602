import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRollbackPlan, executeRollback, isSurqlError, readPlan, serializePlan } from "surql";
import { applyAll } from "../apply-all.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { library, libraryBackSteps } from "./library.ts";

const fileIn = (folder: string): string => join(folder, "plan.json");

async function carryOut({ db, folder, migrations, options }: Stage): Promise<void> {
  const plan = readPlan(await readFile(fileIn(folder), "utf8"));
  const { success, errors } = await executeRollback(db, plan, {
    ...options,
    migrations,
    force: true,
  });
  if (!success) throw new Error(errors[0]?.message);
}

/** What a rollback by a kept plan is, back to a version. */
function keptPlanTo(target: string): Pick<Scenario, "files" | "prepare" | "run" | "goOn"> {
  return {
    files: library,
    prepare: async (stage) => {
      await applyAll(stage);
      const plan = await createRollbackPlan(stage.db, stage.migrations, target);
      await writeFile(fileIn(stage.folder), serializePlan(plan));
    },
    run: carryOut,
    goOn: (stage) =>
      carryOut(stage).catch((error: unknown) => {
        // It had been carried out; that it is refused then is right, and judging finds the database at the end.
        if (!isSurqlError(error) || error.code !== "EXECUTOR.PLAN_CARRIED_OUT") throw error;
      }),
  };
}

/** `rollback --plan` of a plan that was made before: it is carried out once, whatever happens to the one that does it. */
export const executeKeptPlan: Scenario = { name: "kept-plan", ...keptPlanTo("3") };

/** The same with two transactions: whoever is stopped between them goes on with the same plan. */
export const executeKeptPlanInSeveral: Scenario = {
  name: "kept-plan-in-several",
  ...keptPlanTo("1"),
  steps: libraryBackSteps,
};
