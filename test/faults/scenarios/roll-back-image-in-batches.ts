import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";

const rollBack = (stage: Stage): Promise<void> =>
  rollBackTo(stage, "1", { preserve: true, batchAbove: 1000 });

/** `rollback --preserve` that writes to a table, of which an image is kept in two batches before. */
export const rollBackImageInBatches: Scenario = {
  name: "rollback-image-batches",
  files: {
    "1": { up: "DEFINE TABLE other;", down: "REMOVE TABLE other;" },
    "2": {
      up: "DEFINE TABLE log SCHEMAFULL; DEFINE FIELD n ON log TYPE int;",
      down: "UPDATE log:1..=3 SET n += 10; DELETE log:5100;",
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
