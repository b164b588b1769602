import { applyAll } from "../apply-all.ts";
import { applyMigrations } from "surql";
import type { Scenario } from "../scenario.ts";
import { library, librarySteps } from "./library.ts";

/** `up`, with one migration in two transactions. */
export const applySeveral: Scenario = {
  name: "apply",
  files: library,
  prepare: async ({ db, migrations, options }) => {
    await applyMigrations(db, migrations, { ...options, steps: 1 });
  },
  run: applyAll,
  goOn: applyAll,
  steps: librarySteps,
};
