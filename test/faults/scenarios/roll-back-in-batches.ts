import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";

const rollBack = (stage: Stage): Promise<void> =>
  rollBackTo(stage, "1", { preserve: true, batchAbove: 1000 });

/** `rollback --preserve` of what takes two batches. */
function rollBackLog(name: string, down: string): Scenario {
  return {
    name,
    files: {
      "1": { up: "DEFINE TABLE other;", down: "REMOVE TABLE other;" },
      "2": { up: "DEFINE TABLE log SCHEMAFULL; DEFINE FIELD n ON log TYPE int;", down },
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
}

/** A table that is kept in batches before it goes. */
export const rollBackInBatches = rollBackLog("rollback-batches", "REMOVE TABLE log;");

/** A table that is written to, of which an image is kept in batches before. */
export const rollBackImageInBatches = rollBackLog(
  "rollback-image-batches",
  "UPDATE log:1..=3 SET n += 10; DELETE log:5100;",
);
