import { storedMigrations } from "surql";
import { applyAll } from "../apply-all.ts";
import { rollBackTo } from "../roll-back-to.ts";
import type { Scenario, Stage } from "../scenario.ts";
import { library } from "./library.ts";

const rollBack = async (stage: Stage): Promise<void> =>
  rollBackTo({ ...stage, migrations: await storedMigrations(stage.db) }, "3");

/** `rollback --from-database`: the statements are those that the ledger keeps. */
export const rollBackFromDatabase: Scenario = {
  name: "rollback-from-database",
  files: library,
  prepare: applyAll,
  run: rollBack,
  goOn: rollBack,
};
