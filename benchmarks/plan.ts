import { applyMigrations, createRollbackPlan } from "@surql/executor";
import { ensureLedger } from "@surql/history";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { applyRaw, rollBackRaw } from "./workload/raw-migration.ts";
import { stores, urlOf } from "./workload/stores.ts";

/** Planning the way back with a rehearsal in a scratch engine, beside doing all of it up and down on the engine. */
export async function plan({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 20 : 100;
  const rows: Row[] = [];
  for (const store of stores) {
    const once = (by: "ours" | "raw") => () =>
      withFolder((folder) => inChild("planOnce", { url: urlOf(store, folder), count, by }));
    const pair = await measurePair(runs, once("ours"), once("raw"));
    rows.push({ what: `plan ${count} migrations, ${store}`, unit: "ms", mark: 3, ...pair });
  }
  return rows;
}

/** Milliseconds for all of them; for ours they are applied before, for raw the database is empty but for the ledger. */
export async function planOnce(input: {
  url: string;
  count: number;
  by: "ours" | "raw";
}): Promise<number> {
  await using db = await openDatabase(input.url);
  const migrations = await madeMigrations(input.count);
  await ensureLedger(db);
  if (input.by === "ours") await applyMigrations(db, migrations);
  return await timed(async () => {
    if (input.by === "raw") {
      for (const migration of migrations) await applyRaw(db.client, migration);
      return rollBackRaw(db.client, migrations);
    }
    const { schemaRehearsal } = await createRollbackPlan(db, migrations, "base");
    if (schemaRehearsal?.ground !== "scratch") throw new Error("It was not rehearsed.");
    return undefined;
  });
}
