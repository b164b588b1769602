import { applyMigrations } from "@surql/executor";
import { ensureLedger } from "@surql/history";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { applyRaw } from "./workload/raw-migration.ts";
import { stores, urlOf } from "./workload/stores.ts";

/** Applying migrations, beside sending each one's statements and its history row as one transaction. */
export async function apply({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 20 : 1000;
  const rows: Row[] = [];
  for (const store of stores) {
    const once = (by: "ours" | "raw") => () =>
      withFolder((folder) => inChild("applyOnce", { url: urlOf(store, folder), count, by }));
    const pair = await measurePair(runs, once("ours"), once("raw"));
    rows.push({ what: `apply ${count} migrations, ${store}`, unit: "ms", mark: 1.3, ...pair });
  }
  return rows;
}

/** Milliseconds for all of them, on a database that is empty but for the ledger. */
export async function applyOnce(input: {
  url: string;
  count: number;
  by: "ours" | "raw";
}): Promise<number> {
  await using db = await openDatabase(input.url);
  const migrations = await madeMigrations(input.count);
  await ensureLedger(db);
  return await timed(async () => {
    if (input.by === "ours") await applyMigrations(db, migrations);
    else for (const migration of migrations) await applyRaw(db.client, migration);
  });
}
