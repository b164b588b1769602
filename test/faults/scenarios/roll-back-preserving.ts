import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario } from "../scenario.ts";
import { fillKeepsakes, keepsakes } from "./keepsakes.ts";

/** `rollback --preserve`: what is lost is in the quarantine, or it is not lost. */
export const rollBackPreserving: Scenario = {
  name: "rollback-preserve",
  files: keepsakes,
  prepare: fillKeepsakes,
  run: (stage) => rollBackTo(stage, "1", { preserve: true }),
  goOn: (stage) => rollBackTo(stage, "1", { preserve: true }),
};
