import { isSurqlError, restoreQuarantined } from "surql";
import { applyAll } from "../apply-all.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { inBatches, keepLogbook, logbook, logbookBatches } from "./logbook.ts";

async function restore({ db, options }: Stage): Promise<void> {
  await restoreQuarantined(db, undefined, { ...options, ...inBatches, rule: "ours" });
}

/** `migrate restore` in three batches. */
export const restoreInBatches: Scenario = {
  name: "restore-batches",
  files: logbook,
  prepare: async (stage) => {
    await keepLogbook(stage);
    await applyAll(stage);
  },
  run: restore,
  goOn: (stage) =>
    restore(stage).catch((error: unknown) => {
      // It was there already, and judging finds it so.
      if (!isSurqlError(error) || error.code !== "EXECUTOR.NOTHING_KEPT") throw error;
    }),
  steps: logbookBatches,
};
