import { applyMigrations, createRollbackPlan } from "@surql/executor";
import { ensureLedger } from "@surql/history";
import { timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { measureMigrations, type MigrationTask } from "./workload/measure-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { applyRaw, rollBackRaw } from "./workload/raw-migration.ts";

/** Planning the way back with a rehearsal in a scratch engine, beside doing all of it up and down on the engine. */
export function plan(options: BenchOptions): Promise<readonly Row[]> {
  const count = options.quick ? 20 : 100;
  return measureMigrations(options, "planOnce", {
    count,
    what: `plan ${count} migrations`,
    mark: 3,
  });
}

/** Milliseconds for all of them; for ours they are applied before, for raw the database is empty but for the ledger. */
export async function planOnce(input: MigrationTask): Promise<number> {
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
