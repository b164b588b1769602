import { applyMigrations, createRollbackPlan, executeRollback } from "@surql/executor";
import { timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { measureMigrations, type MigrationTask } from "./workload/measure-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { rollBackRaw } from "./workload/raw-migration.ts";

/** Rolling all migrations back, beside sending all their down statements as one transaction. */
export function rollback(options: BenchOptions): Promise<readonly Row[]> {
  const count = options.quick ? 20 : 1000;
  return measureMigrations(options, "rollBackOnce", {
    count,
    what: `roll ${count} migrations back`,
    mark: 1.3,
  });
}

/** Milliseconds for all of them, in one transaction. The plan is made, and agreed to, before. */
export async function rollBackOnce(input: MigrationTask): Promise<number> {
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
