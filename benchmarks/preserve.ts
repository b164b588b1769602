import type { Database } from "@surql/connection";
import { applyMigrations, createRollbackPlan, executeRollback } from "@surql/executor";
import type { Migration } from "@surql/migration";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed, type Pair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { withFolder } from "./harness/with-folder.ts";
import { fillTable } from "./workload/fill-table.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { urlOf } from "./workload/stores.ts";
import { tableName } from "./workload/tables.ts";

/** The file stores: what we are measured against, an `INSERT` of many, takes quadratic time on mem (docs/engine.md). */
const fileStores = ["surrealkv", "rocksdb"] as const;

/** Rolling a table back and keeping its records, as many as one transaction takes, beside copying and removing it by hand. */
export async function preserve({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const records = quick ? 2000 : 100_000;
  const rows: Row[] = [];
  for (const store of fileStores) {
    const pair = await withFolder((folder) =>
      inChild("keepTable", { url: urlOf(store, folder), records, runs }),
    );
    rows.push({ what: `keep ${records} records, ${store}`, unit: "ms", mark: 1.4, ...pair });
  }
  return rows;
}

/** All runs on one store. The plan is made, and agreed to, before. */
export async function keepTable(input: {
  readonly url: string;
  readonly records: number;
  readonly runs: number;
}): Promise<Pair> {
  await using db = await openDatabase(input.url);
  const migrations = await madeMigrations(1);
  return await measurePair(
    input.runs,
    async () => {
      await fill(db, migrations, input.records);
      const options = { preserve: true, scratch: false };
      const plan = await createRollbackPlan(db, migrations, "base", options);
      return timed(async () => {
        const { success, errors } = await executeRollback(db, plan, { force: true });
        if (!success) throw new Error(errors[0]?.message);
      });
    },
    async () => {
      await fill(db, migrations, input.records);
      const table = tableName(0);
      const copy = `INSERT INTO kept (SELECT * FROM ${table}) RETURN NONE`;
      return timed(() =>
        db.client.query(`BEGIN; ${copy}; REMOVE TABLE ${table}; COMMIT`).collect(),
      );
    },
  );
}

async function fill(
  db: Database,
  migrations: readonly Migration[],
  records: number,
): Promise<void> {
  await db.query(
    "REMOVE TABLE IF EXISTS kept; REMOVE TABLE IF EXISTS _rollback_quarantine; REMOVE TABLE IF EXISTS _migration_history; " +
      `REMOVE TABLE IF EXISTS ${tableName(0)}`,
  );
  await db.query("DEFINE TABLE kept SCHEMALESS");
  await applyMigrations(db, migrations);
  await fillTable(db, tableName(0), records);
}
