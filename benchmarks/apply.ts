import { applyMigrations } from "@surql/executor";
import { ensureLedger } from "@surql/history";
import { timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { measureMigrations, type MigrationTask } from "./workload/measure-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { applyRaw } from "./workload/raw-migration.ts";

/** Applying migrations, beside sending each one's statements and its history row as one transaction. */
export function apply(options: BenchOptions): Promise<readonly Row[]> {
  const count = options.quick ? 20 : 1000;
  return measureMigrations(options, "applyOnce", {
    count,
    what: `apply ${count} migrations`,
    mark: 1.3,
  });
}

/** Milliseconds for all of them, on a database that is empty but for the ledger. */
export async function applyOnce(input: MigrationTask): Promise<number> {
  await using db = await openDatabase(input.url);
  const migrations = await madeMigrations(input.count);
  await ensureLedger(db);
  return await timed(async () => {
    if (input.by === "ours") await applyMigrations(db, migrations);
    else for (const migration of migrations) await applyRaw(db.client, migration);
  });
}
