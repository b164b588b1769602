import { applyMigrations } from "surql";
import type { Scenario, Stage } from "../scenario.ts";
import { inBatches, keepLogbook, logbook, logbookBatches } from "./logbook.ts";

const applyWithData = async ({ db, migrations, options }: Stage): Promise<void> => {
  await applyMigrations(db, migrations, { ...options, ...inBatches, restore: "ours" });
};

/** `up --restore ours`: the migration, and then what its rollback kept, in three batches. */
export const applyInBatches: Scenario = {
  name: "apply-batches",
  files: logbook,
  prepare: keepLogbook,
  run: applyWithData,
  goOn: applyWithData,
  steps: [logbook["2"]?.up ?? "", ...logbookBatches],
};
