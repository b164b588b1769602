import { applyMigrations } from "surql";
import { applyAll } from "../apply-all.ts";
import type { Scenario } from "../scenario.ts";
import { oneByOne, oneByOneSteps, settleByLooking } from "./one-by-one.ts";

/** `up` without a transaction; `migrate repair` where a statement was begun, and `up` again. */
export const applyOneByOne: Scenario = {
  name: "apply-one-by-one",
  files: oneByOne,
  prepare: async ({ db, migrations, options }) => {
    await applyMigrations(db, migrations, { ...options, steps: 1 });
  },
  run: applyAll,
  goOn: async (stage) => {
    await settleByLooking(stage);
    await applyAll(stage);
  },
  steps: oneByOneSteps.up,
  indexesMayLag: true,
};
