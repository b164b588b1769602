import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  getAppliedMigrations,
  isSurqlError,
  listEvents,
} from "surql";
import type { Database, Migration } from "surql";
import { expect, it } from "vitest";
import { makeProject } from "./project.ts";
import { makeStore } from "./stores.ts";

const rounds = 6;
const refusals = ["EXECUTOR.LOCK_HELD", "EXECUTOR.LOCK_LOST", "EXECUTOR.STALE_PLAN"];

// Each script adds to a counter: what ran twice, or half, would show in it.
const scripts = Object.fromEntries(
  ["1", "2", "3", "4"].map((version) => [
    version,
    {
      up: `UPSERT counter:${version} SET ups += 1; DEFINE TABLE t${version};`,
      down: `UPSERT counter:${version} SET downs += 1; REMOVE TABLE t${version};`,
    },
  ]),
);

it.each(["ws", "http"] as const)("two runners over %s never run anything twice", async (kind) => {
  await using store = await makeStore(kind);
  await using project = await makeProject();
  const migrations = await project.write(scripts);
  await using one = await store.open();
  await using two = await store.open();
  await one.query("DEFINE TABLE counter");
  for (let round = 1; round <= rounds; round += 1) {
    await meet([one, two], (db) => applyMigrations(db, migrations));
    await applyMigrations(one, migrations);
    expect(await counted(one)).toEqual(migrations.map(() => [round, round - 1]));

    // Both hold the same plan.
    const plan = await createRollbackPlan(one, migrations, "base");
    await meet([one, two], async (db) => {
      const { errors } = await executeRollback(db, plan, { force: true });
      expect(errors).toEqual([]);
    });
    await rollBack(one, migrations);
    expect(await counted(one)).toEqual(migrations.map(() => [round, round]));
  }
  const events = await listEvents(one);
  expect(events.filter(({ kind: event }) => event === "apply")).toHaveLength(rounds * 4);
  expect(events.filter(({ kind: event }) => event === "rollback")).toHaveLength(rounds);
});

/** Runs the work on both at once. Whoever comes too late is refused by name. */
async function meet(
  databases: readonly Database[],
  work: (db: Database) => Promise<unknown>,
): Promise<void> {
  const outcomes = await Promise.allSettled(databases.map(work));
  for (const outcome of outcomes) {
    if (outcome.status === "fulfilled") continue;
    const reason: unknown = outcome.reason;
    if (!isSurqlError(reason)) throw reason;
    expect(refusals).toContain(reason.code);
  }
}

/** Takes back what is still applied: both may have been refused. */
async function rollBack(db: Database, migrations: readonly Migration[]): Promise<void> {
  if ((await getAppliedMigrations(db)).length === 0) return;
  await executeRollback(db, await createRollbackPlan(db, migrations, "base"), { force: true });
}

async function counted(db: Database): Promise<unknown> {
  const [rows] = await db.query("SELECT VALUE [ups ?? 0, downs ?? 0] FROM counter");
  return rows;
}
