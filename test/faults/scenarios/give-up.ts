import { applyMigrations, repairDatabase } from "surql";
import type { Scenario, Stage } from "../scenario.ts";

const abandon = async ({ db, options }: Stage): Promise<void> => {
  await repairDatabase(db, { ...options, decision: "abandon" });
};

/** `migrate repair --abandon` of a migration that failed half-way. */
export const giveUp: Scenario = {
  name: "repair-abandon",
  files: {
    "1": {
      up: "DEFINE TABLE one; DEFINE INDEX i ON one FIELDS n; THROW 'no';",
      transaction: "none",
    },
  },
  prepare: async ({ db, migrations, options }) => {
    await applyMigrations(db, migrations, options).then(
      () => {
        throw new Error("It was to fail.");
      },
      () => undefined,
    );
  },
  run: abandon,
  goOn: abandon,
};
