import { applyMigrations } from "surql";
import type { Scenario } from "../scenario.ts";
import { library, librarySteps } from "./library.ts";

/** `up --auto-snapshot` on an empty database: transactions that are held open. */
export const applyWithSnapshots: Scenario = {
  name: "apply-with-snapshots",
  needsTransactions: true,
  files: library,
  prepare: async () => undefined,
  run: ({ db, migrations, options }) =>
    applyMigrations(db, migrations, { ...options, autoSnapshot: true }),
  goOn: ({ db, migrations, options }) =>
    applyMigrations(db, migrations, { ...options, autoSnapshot: true }),
  steps: [library["1"].up, ...librarySteps],
};
