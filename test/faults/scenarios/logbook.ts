import { createRollbackPlan, executeRollback } from "surql";
import { applyAll } from "../apply-all.ts";
import type { MigrationScripts, Stage } from "../scenario.ts";

/** A migration whose undoing takes a table. */
export const logbook: Readonly<Record<string, MigrationScripts>> = {
  "1": { up: "DEFINE TABLE other;", down: "REMOVE TABLE other;" },
  "2": {
    up: "DEFINE TABLE log SCHEMAFULL; DEFINE FIELD n ON log TYPE int; DEFINE INDEX n ON log FIELDS n;",
    down: "REMOVE TABLE log;",
  },
};

/** Records of {@link logbook} that its batches bring back, in their order. */
export const logbookBatches: readonly string[] = [
  [1, 100],
  [101, 200],
  [201, 250],
].map(([from, to]) => `FOR $n IN ${from}..=${to} { CREATE type::record('log', $n) SET n = $n }`);

/** Batches of a hundred. */
export const inBatches = { batchAbove: 50, batchSize: 100 } as const;

/** `up`, entries in the log, and `rollback --preserve`. */
export async function keepLogbook(stage: Stage): Promise<void> {
  await applyAll(stage);
  for (const batch of logbookBatches) await stage.db.query(batch);
  const plan = await createRollbackPlan(stage.db, stage.migrations, "1", { preserve: true });
  const { success } = await executeRollback(stage.db, plan, { ...stage.options, force: true });
  if (!success) throw new Error("The log was to be kept.");
}
