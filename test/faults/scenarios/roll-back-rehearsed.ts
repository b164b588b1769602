import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { fillKeepsakes, keepsakes } from "./keepsakes.ts";

const rollBack = (stage: Stage): Promise<void> => rollBackTo(stage, "1", { rehearse: true });

/** `rollback --rehearse`: first in a transaction that is held open and cancelled. */
export const rollBackRehearsed: Scenario = {
  name: "rollback-rehearsed",
  needsTransactions: true,
  files: keepsakes,
  prepare: fillKeepsakes,
  run: rollBack,
  goOn: rollBack,
};
