import { applyMigrations, createRollbackPlan, executeRollback, readLock } from "surql";
import { expect, it } from "vitest";
import { digest } from "./digest.ts";
import { makeProject } from "./project.ts";
import { makeStore, stores } from "./stores.ts";

it.each(stores)("on %s a plan is stale when what it counts on is no longer so", async (kind) => {
  await using store = await makeStore(kind);
  await using project = await makeProject();
  await using db = await store.open();
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE user; DEFINE TABLE log; CREATE user:1;", down: "REMOVE TABLE user;" },
    "2": {
      up: "DEFINE FIELD bio ON user TYPE option<string>;",
      down: "REMOVE FIELD bio ON user; CREATE log:2;",
    },
  });
  await applyMigrations(db, migrations);
  const plan = await createRollbackPlan(db, migrations, "1");
  expect(plan.assumptions).toMatchObject([{ migration: "2", code: "field_removed" }]);
  expect((await executeRollback(db, plan, { force: true, dryRun: true })).errors).toEqual([]);

  await db.query("CREATE user:2 SET bio = 'Ada'");
  const before = await digest(db);
  await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
    why: expect.stringContaining("no record of user holds bio") as string,
    nextActions: [expect.stringContaining("plan-rollback 1") as string],
  });
  expect(await digest(db)).toEqual(before);
  expect(await readLock(db)).toBeUndefined();

  await db.query("DELETE user:2");
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
});
