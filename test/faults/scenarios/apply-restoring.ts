import { applyMigrations } from "surql";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { fillKeepsakes, keepsakes, keepsakeSteps } from "./keepsakes.ts";

const applyWithData = async ({ db, migrations, options }: Stage): Promise<void> => {
  await applyMigrations(db, migrations, { ...options, restore: "ours" });
};

/** `up --restore ours`: each migration brings back what its rollback kept. */
export const applyRestoring: Scenario = {
  name: "apply-restoring",
  files: keepsakes,
  prepare: async (stage) => {
    await fillKeepsakes(stage);
    await rollBackTo(stage, "1", { preserve: true });
  },
  run: applyWithData,
  goOn: applyWithData,
  steps: keepsakeSteps,
};
