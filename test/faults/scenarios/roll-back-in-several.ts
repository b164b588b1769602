import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario } from "../scenario.ts";
import { library, libraryBackSteps } from "./library.ts";

/** `rollback` with an index that is built after a change of its data. */
export const rollBackInSeveral: Scenario = {
  name: "rollback-in-several",
  files: library,
  prepare: applyAll,
  run: (stage) => rollBackTo(stage, "1"),
  goOn: (stage) => rollBackTo(stage, "1"),
  steps: libraryBackSteps,
};
