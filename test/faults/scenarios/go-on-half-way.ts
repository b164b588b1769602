import { applyAll } from "../apply-all.ts";
import type { Scenario } from "../scenario.ts";
import { failHalfWay, halfWay, halfWayLooked, halfWaySteps } from "./half-way.ts";
import { settleByLooking } from "./one-by-one.ts";

/** `up` of a migration without a transaction that failed half-way, when what stood in its way is mended. */
export const goOnHalfWay: Scenario = {
  name: "half-way-on",
  files: halfWay,
  prepare: async (stage) => {
    await failHalfWay(stage);
    await stage.db.query("DEFINE FUNCTION fn::missing() { RETURN 5 }");
  },
  run: applyAll,
  goOn: async (stage) => {
    await settleByLooking(stage, halfWayLooked);
    await applyAll(stage);
  },
  steps: halfWaySteps.up,
};
