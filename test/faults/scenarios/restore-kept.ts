import { isSurqlError, restoreQuarantined } from "surql";
import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { fillKeepsakes, keepsakes } from "./keepsakes.ts";

async function restore({ db, options }: Stage): Promise<void> {
  await restoreQuarantined(db, undefined, { ...options, rule: "ours" });
}

/** `migrate restore` of all that a rollback kept, when its migrations are applied again. */
export const restoreKept: Scenario = {
  name: "restore",
  files: keepsakes,
  prepare: async (stage) => {
    await fillKeepsakes(stage);
    await rollBackTo(stage, "1", { preserve: true });
    await applyAll(stage);
  },
  run: restore,
  // That views and references were settled afterwards is noted by itself.
  booksMayLag: true,
  goOn: (stage) =>
    restore(stage).catch((error: unknown) => {
      // It was there already, and judging finds it so.
      if (!isSurqlError(error) || error.code !== "EXECUTOR.NOTHING_KEPT") throw error;
    }),
};
