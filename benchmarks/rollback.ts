import { applyMigrations, createRollbackPlan, executeRollback } from "@surql/executor";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { rollBackRaw } from "./workload/raw-migration.ts";
import { stores, urlOf } from "./workload/stores.ts";

/** Rolling all migrations back, beside sending all their down statements as one transaction. */
export async function rollback({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 20 : 1000;
  const rows: Row[] = [];
  for (const store of stores) {
    const once = (by: "ours" | "raw") => () =>
      withFolder((folder) => inChild("rollBackOnce", { url: urlOf(store, folder), count, by }));
    const pair = await measurePair(runs, once("ours"), once("raw"));
    rows.push({ what: `roll ${count} migrations back, ${store}`, unit: "ms", mark: 1.3, ...pair });
  }
  return rows;
}

/** Milliseconds for all of them, in one transaction. The plan is made, and agreed to, before. */
export async function rollBackOnce(input: {
  url: string;
  count: number;
  by: "ours" | "raw";
}): Promise<number> {
  await using db = await openDatabase(input.url);
  const migrations = await madeMigrations(input.count);
  await applyMigrations(db, migrations);
  const plan = await createRollbackPlan(db, migrations, "base");
  const { length } = plan.transactions;
  if (length !== 1) throw new Error(`It takes ${length} transactions.`);
  return await timed(async () => {
    if (input.by === "raw") return rollBackRaw(db.client, migrations);
    const { success, errors } = await executeRollback(db, plan, { force: true });
    if (!success) throw new Error(errors[0]?.message);
    return undefined;
  });
}
