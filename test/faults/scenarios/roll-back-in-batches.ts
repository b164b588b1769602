import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";

const rollBack = (stage: Stage): Promise<void> =>
  rollBackTo(stage, "1", { preserve: true, batchAbove: 1000 });

/** `rollback --preserve` of a table that is kept in two batches before it goes. */
export const rollBackInBatches: Scenario = {
  name: "rollback-batches",
  files: {
    "1": { up: "DEFINE TABLE other;", down: "REMOVE TABLE other;" },
    "2": {
      up: "DEFINE TABLE log SCHEMAFULL; DEFINE FIELD n ON log TYPE int;",
      down: "REMOVE TABLE log;",
    },
  },
  prepare: async (stage) => {
    await applyAll(stage);
    await stage.db.query("FOR $n IN 1..=5200 { CREATE type::record('log', $n) SET n = $n }");
  },
  run: rollBack,
  goOn: rollBack,
  booksMayLag: true,
  isHeavy: true,
};
