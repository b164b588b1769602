import { ensureLedger } from "@surql/history";
import { proveMigrations } from "@surql/proof";
import { timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { measureMigrations, type MigrationTask } from "./workload/measure-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { applyRaw, rollBackRaw } from "./workload/raw-migration.ts";

/** Proving that migrations can be undone, beside running each up, down and up again on the engine by hand. */
export function reversibility(options: BenchOptions): Promise<readonly Row[]> {
  const count = options.quick ? 20 : 100;
  return measureMigrations(options, "proveOnce", {
    count,
    what: `prove ${count} migrations`,
    mark: 3,
    on: ["mem"],
  });
}

/** Milliseconds for all of them. A proof has engines of its own, in memory. */
export async function proveOnce(input: MigrationTask): Promise<number> {
  const migrations = await madeMigrations(input.count);
  await using db = await openDatabase(input.url);
  await ensureLedger(db);
  return await timed(async () => {
    if (input.by === "raw") {
      for (const migration of migrations) {
        await applyRaw(db.client, migration);
        await rollBackRaw(db.client, [migration]);
        await applyRaw(db.client, migration);
      }
      return;
    }
    const report = await proveMigrations(migrations, { openScratch: () => db.openScratch() });
    const other = report.migrations.find(({ verdict }) => verdict !== "exact");
    if (other !== undefined) throw new Error(`${other.version}: ${other.verdict}`);
  });
}
