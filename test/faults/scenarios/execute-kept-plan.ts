import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRollbackPlan, executeRollback, isSurqlError, type RollbackPlan } from "surql";
import { applyAll } from "../apply-all.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { library } from "./library.ts";

const fileIn = (folder: string): string => join(folder, "plan.json");

async function carryOut({ db, folder, options }: Stage): Promise<void> {
  const plan = JSON.parse(await readFile(fileIn(folder), "utf8")) as RollbackPlan;
  const { success, errors } = await executeRollback(db, plan, { ...options, force: true });
  if (!success) throw new Error(errors[0]?.message);
}

/** A plan that was made before and kept: it is carried out once, whatever happens to the one that does it. */
export const executeKeptPlan: Scenario = {
  name: "kept-plan",
  files: library,
  prepare: async (stage) => {
    await applyAll(stage);
    const plan = await createRollbackPlan(stage.db, stage.migrations, "3");
    await writeFile(fileIn(stage.folder), JSON.stringify(plan));
  },
  run: carryOut,
  goOn: (stage) =>
    carryOut(stage).catch((error: unknown) => {
      // It had been carried out; doing so again must be refused, and judging finds the database at the end.
      if (!isSurqlError(error) || error.code !== "EXECUTOR.STALE_PLAN") throw error;
    }),
};
