import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario } from "../scenario.ts";
import { oneByOne, oneByOneSteps, settleByLooking } from "./one-by-one.ts";

/** `rollback` without a transaction; `migrate repair` where a statement was begun, and `rollback` again. */
export const rollBackOneByOne: Scenario = {
  name: "rollback-one-by-one",
  files: oneByOne,
  prepare: applyAll,
  run: (stage) => rollBackTo(stage, "1"),
  goOn: async (stage) => {
    await settleByLooking(stage);
    await rollBackTo(stage, "1");
  },
  steps: oneByOneSteps.down,
};

/** The same, keeping what it takes: a statement that takes something is committed with that. */
export const rollBackOneByOnePreserving: Scenario = {
  ...rollBackOneByOne,
  name: "rollback-one-by-one-preserve",
  run: (stage) => rollBackTo(stage, "1", { preserve: true }),
  goOn: async (stage) => {
    await settleByLooking(stage);
    await rollBackTo(stage, "1", { preserve: true });
  },
};
