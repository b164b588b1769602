import { ensureLedger } from "@surql/history";
import type { Migration } from "@surql/migration";
import { proveMigrations } from "@surql/proof";
import { inChild } from "./harness/in-child.ts";
import { measurePair, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { linkedMigrations } from "./workload/linked-migrations.ts";
import { madeMigrations } from "./workload/made-migrations.ts";
import { openDatabase } from "./workload/open-database.ts";
import { rawGrounds } from "./workload/raw-grounds.ts";
import { applyRaw, rollBackRaw } from "./workload/raw-migration.ts";

/** What is proved, and by whom: `bare` runs all in one engine without records, `grounds` each in an engine of its own that holds what was before it. */
export interface ProofTask {
  readonly count: number;
  readonly migrations: "separate" | "linked";
  readonly by: "ours" | "bare" | "grounds";
}

/** Proving that migrations can be undone, beside running each up, down and up again on the engine by hand. */
export async function reversibility({ quick, runs }: BenchOptions): Promise<readonly Row[]> {
  const count = quick ? 20 : 100;
  const measure = async (
    migrations: ProofTask["migrations"],
    raw: ProofTask["by"],
    what: string,
  ): Promise<Row> => {
    const once = (by: ProofTask["by"]) => () => inChild("proveOnce", { count, migrations, by });
    const pair = await measurePair(runs, once("ours"), once(raw));
    return { what: `prove ${count} ${what}`, unit: "ms", mark: 3, ...pair };
  };
  return [
    await measure("separate", "bare", "separate migrations, raw without records"),
    await measure("linked", "grounds", "linked migrations, raw with records"),
    await measure("linked", "bare", "linked migrations, raw without records"),
  ];
}

const make = { separate: madeMigrations, linked: linkedMigrations };

/** Milliseconds for all of them. */
export async function proveOnce({ count, migrations, by }: ProofTask): Promise<number> {
  const all = await make[migrations](count);
  if (by === "ours") return proveOurs(all);
  return by === "bare" ? runBare(all) : runOnGrounds(all);
}

async function proveOurs(migrations: readonly Migration[]): Promise<number> {
  await using db = await openDatabase();
  return await timed(async () => {
    const report = await proveMigrations(migrations, { openScratch: () => db.openScratch() });
    const other = report.migrations.find(({ verdict }) => !["exact", "loses"].includes(verdict));
    if (other !== undefined) throw new Error(`${other.version}: ${other.verdict}`);
  });
}

async function runBare(migrations: readonly Migration[]): Promise<number> {
  await using db = await openDatabase();
  await ensureLedger(db);
  return await timed(async () => {
    for (const migration of migrations) {
      await applyRaw(db.client, migration);
      await rollBackRaw(db.client, [migration]);
      await applyRaw(db.client, migration);
    }
  });
}

async function runOnGrounds(migrations: readonly Migration[]): Promise<number> {
  const grounds = await rawGrounds(migrations);
  return await timed(async () => {
    for (const { migration, text } of grounds) {
      await using db = await openDatabase();
      await db.client.query(text).collect();
      await applyRaw(db.client, migration);
      await rollBackRaw(db.client, [migration]);
      await applyRaw(db.client, migration);
    }
  });
}
