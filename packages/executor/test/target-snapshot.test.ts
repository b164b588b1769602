import { expect, test } from "vitest";
import { listEvents } from "@surql/history";
import { applyMigrations, createRollbackPlan, executeRollback } from "../src/index.ts";
import { createProject, type File } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string",
    down: "REMOVE TABLE user",
  },
  "2": {
    up: "DEFINE FIELD OVERWRITE name ON user TYPE string | int; DEFINE FIELD bio ON user",
    down: "DEFINE FIELD OVERWRITE name ON user TYPE any; REMOVE FIELD bio ON user",
  },
};

test("a rollback that does not lead to the snapshot of its target is foretold, and refused unless accepted", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await project.write(files);
  await applyMigrations(db, migrations, { autoSnapshot: true });
  // What the plan does not touch may have drifted.
  await db.query("DEFINE TABLE drifted");
  const plan = await createRollbackPlan(db, migrations, "1");
  const differences = [
    {
      path: "user.name",
      planned: expect.stringContaining("TYPE any"),
      snapshot: expect.stringContaining("TYPE string"),
    },
  ];
  expect(plan.snapshot).toMatchObject({ version: "1", differences });
  expect(plan.notes).toContainEqual(expect.stringContaining("in the snapshot of 1"));
  const before = await project.digest();
  await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.SNAPSHOT_DIFFERS",
    category: "state",
    meta: { differences },
  });
  expect(await project.digest()).toBe(before);
  const accepted = { force: true, acceptDifference: true };
  expect(await executeRollback(db, plan, accepted)).toMatchObject({ success: true });
  expect((await listEvents(db)).at(-1)?.approval).toMatchObject({ differences: ["user.name"] });
});

test("a snapshot that was replaced since makes a plan stale; one that fits is no obstacle", async () => {
  await using project = await createProject();
  const { db } = project;
  const down = "DEFINE FIELD OVERWRITE name ON user TYPE string; REMOVE FIELD bio ON user";
  const migrations = await project.write({ ...files, "2": { ...files["2"]!, down } });
  await applyMigrations(db, migrations, { autoSnapshot: true });
  const plan = await createRollbackPlan(db, migrations, "1");
  expect(plan.snapshot?.differences).toEqual([]);
  await db.query("DELETE _schema_snapshot WHERE version = '1'");
  await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
    meta: { changes: [{ path: "snapshot 1", change: "removed" }] },
  });
  const again = await createRollbackPlan(db, migrations, "1");
  expect(again.snapshot).toBeUndefined();
  expect(await executeRollback(db, again, { force: true })).toMatchObject({ success: true });
});
