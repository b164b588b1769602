import { expect, test } from "vitest";
import { createRollbackPlan, executeRollback } from "../src/index.ts";
import { hashOfPlan } from "../src/plan/plan-hash.ts";
import { createProject, writeAndApply, type File } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": { up: "DEFINE TABLE user; DEFINE TABLE log; CREATE user:1;", down: "REMOVE TABLE user;" },
  "2": {
    up: "DEFINE FIELD bio ON user TYPE option<string>;",
    down: "REMOVE FIELD bio ON user; CREATE log:2;",
  },
};

test("a check that cannot be made is no better", async () => {
  await using project = await createProject();
  const { db } = project;
  const read = await createRollbackPlan(db, await writeAndApply(project, files), "1");
  const assumptions = read.assumptions.map((one) => ({ ...one, check: "THROW 'unreadable'" }));
  const changed = { ...read, assumptions };
  const plan = { ...changed, hash: hashOfPlan(changed) };
  await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
    why: expect.stringContaining("could not be checked: no record of user holds bio"),
  });
});

test("a plan whose assumptions were taken out is refused", async () => {
  await using project = await createProject();
  const read = await createRollbackPlan(project.db, await writeAndApply(project, files), "1");
  const plan = { ...read, assumptions: [] };
  await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.PLAN_EDITED",
  });
});

test("without a transaction it is checked before the first statement", async () => {
  await using project = await createProject();
  const { "2": second = { up: "" } } = files;
  const migrations = await writeAndApply(project, {
    ...files,
    "2": { ...second, head: ["-- transaction: none"] },
  });
  const plan = await createRollbackPlan(project.db, migrations, "1");
  await project.db.query("CREATE user:2 SET bio = 'Ada'");
  const before = await project.digest();
  await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
  });
  expect(await project.digest()).toBe(before);
});

test("it is checked again when a later transaction begins with its migration", async () => {
  await using project = await createProject();
  const migrations = await writeAndApply(project, {
    ...files,
    "3": {
      up: "DEFINE FIELD a ON user",
      down: "UPDATE user SET bio = 'Ada'; DEFINE INDEX i ON user FIELDS a; REMOVE INDEX i ON user",
      head: ["-- transaction: none"],
    },
  });
  const plan = await createRollbackPlan(project.db, migrations, "1");
  expect(await executeRollback(project.db, plan, { force: true })).toMatchObject({
    success: false,
    partlyChanged: true,
    rolledBack: ["3"],
    errors: [{ migration: "2", reason: expect.stringContaining("no record of user holds bio") }],
  });
});

test("no more is lost than was approved: records of a table, values of a field", async () => {
  await using project = await createProject();
  const migrations = await writeAndApply(project, files);
  await project.db.query("CREATE user:2 SET bio = 'Ada'; CREATE user:3 SET bio = 'Bob'");
  const field = await createRollbackPlan(project.db, migrations, "1");
  const table = await createRollbackPlan(project.db, migrations, "base");
  await project.db.query("CREATE user:4 SET bio = 'Eve'");
  const before = await project.digest();
  await expect(executeRollback(project.db, field, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
    why: expect.stringContaining("no more than 2 records of user hold bio"),
    meta: { changes: [{ path: "user.bio", before: "2 records", after: "3 records" }] },
  });
  await expect(executeRollback(project.db, table, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.STALE_PLAN",
    meta: { changes: [{ path: "user", before: "3 records", after: "4 records" }] },
  });
  expect(await project.digest()).toBe(before);
  // Less than was approved is no reason to stop.
  await project.db.query("DELETE user:3, user:4");
  expect(await executeRollback(project.db, table, { force: true })).toMatchObject({
    success: true,
  });
});
