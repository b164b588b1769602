import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario } from "../scenario.ts";
import { applyAll } from "../apply-all.ts";
import { library } from "./library.ts";

/** `rollback` of two migrations in one transaction. */
export const rollBackInOne: Scenario = {
  name: "rollback",
  files: library,
  prepare: applyAll,
  run: (stage) => rollBackTo(stage, "3"),
  goOn: (stage) => rollBackTo(stage, "3"),
};
