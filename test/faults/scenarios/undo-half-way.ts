import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario } from "../scenario.ts";
import { failHalfWay, halfWay, halfWayLooked, halfWaySteps } from "./half-way.ts";
import { settleByLooking } from "./one-by-one.ts";

/** `rollback` of a migration without a transaction that failed half-way, as far as it came. */
export const undoHalfWay: Scenario = {
  name: "half-way-back",
  files: halfWay,
  prepare: failHalfWay,
  run: (stage) => rollBackTo(stage, "1"),
  goOn: async (stage) => {
    await settleByLooking(stage, halfWayLooked);
    await rollBackTo(stage, "1");
  },
  steps: halfWaySteps.down,
};
