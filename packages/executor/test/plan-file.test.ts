import { mkdir, rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Migration } from "@surql/migration";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  readPlan,
  serializePlan,
  type RollbackPlan,
} from "../src/index.ts";
import { blog, createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Makes a plan, and reads it back as another process would. */
async function keep(migrations: readonly Migration[], target: string): Promise<RollbackPlan> {
  return readPlan(serializePlan(await createRollbackPlan(project.db, migrations, target)));
}

const approved = { force: true, actor: "ada" };

describe("a plan that was kept", () => {
  test("says what it rests on, and is carried out without any file", async () => {
    const plan = await keep(await writeAndApply(project), "1");
    expect(plan).toMatchObject({
      target: { namespace: "test", database: "test" },
      engineVersion: project.db.target.engineVersion,
      ground: {
        objects: [
          { path: "user", kind: "table", hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
          { path: "user.bio", text: expect.stringContaining("DEFINE FIELD bio ON user") },
          { path: "user.name_idx" },
        ],
        history: [
          { version: "1", role: "stays" },
          { version: "2", role: "goes" },
          { version: "3", role: "goes" },
        ],
      },
    });
    await rm(project.folder, { recursive: true });
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_CARRIED_OUT",
      message: expect.stringMatching(/carried out at \d{4}-.*Z by ada\./),
      meta: { at: expect.any(String), actor: "ada" },
    });
    await mkdir(project.folder);
  });

  test("is refused with what changed, before and after", async () => {
    const plan = await keep(await writeAndApply(project), "base");
    await project.db.query("DEFINE FIELD OVERWRITE bio ON user TYPE option<int>");
    await project.db.query("DEFINE FIELD age ON user TYPE int; REMOVE INDEX name_idx ON user");
    const before = await project.digest();
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      category: "state",
      meta: {
        changes: [
          {
            path: "user.bio",
            change: "modified",
            before: expect.stringContaining("string"),
            after: expect.stringContaining("int"),
          },
          { path: "user.name_idx", change: "removed", before: expect.any(String), after: null },
          { path: "user.age", change: "added", before: null, after: expect.any(String) },
        ],
      },
    });
    expect(await project.digest()).toBe(before);
  });

  test("does not mind what it has nothing to do with", async () => {
    const plan = await keep(await writeAndApply(project), "1");
    await project.db.query(
      "DEFINE TABLE other; DEFINE FIELD age ON user TYPE option<int>; DEFINE FUNCTION fn::f() {}",
    );
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
  });

  test("minds code that mentions what it removes", async () => {
    const plan = await keep(await writeAndApply(project), "base");
    await project.db.query("DEFINE FUNCTION fn::all() { RETURN SELECT * FROM user }");
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      meta: { changes: [{ path: "fn::all", change: "added" }] },
    });
  });

  test("minds what the functions do that it calls", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "4": {
        up: "DEFINE TABLE log; DEFINE FUNCTION fn::b() { CREATE log }; DEFINE FUNCTION fn::a() { fn::b() }",
        down: "fn::a()",
      },
    });
    const plan = await keep(migrations, "3");
    expect(plan.ground.objects.map(({ path }) => path)).toEqual(["fn::a", "fn::b", "log"]);
    await project.db.query("DEFINE EVENT e ON log THEN { DELETE user }");
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      meta: {
        changes: expect.arrayContaining([
          expect.objectContaining({ path: "log.e", change: "added" }),
        ]),
      },
    });
  });

  test("rests on everything where it cannot be told", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "4": { up: "DEFINE TABLE t", down: "FOR $t IN ['t'] { DELETE type::table($t) }" },
    });
    const plan = await keep(migrations, "3");
    expect(plan.ground.objects.map(({ path }) => path)).toContain("user.bio");
  });
});

describe("the history that a plan rests on", () => {
  const branch: Readonly<Record<string, File>> = {
    "4": { up: "DEFINE TABLE t", down: "REMOVE TABLE t", dependsOn: ["1"] },
  };

  test("may grow by a branch that does not build on what goes", async () => {
    const plan = await keep(await writeAndApply(project), "1");
    await applyMigrations(project.db, await project.write(branch));
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ success: true });
    expect(await project.versions()).toEqual(["1", "4"]);
  });

  test("may not grow by what builds on what goes", async () => {
    const plan = await keep(await writeAndApply(project), "1");
    await applyMigrations(
      project.db,
      await project.write({ "4": { up: "DEFINE TABLE t", dependsOn: ["3"] } }),
    );
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      meta: {
        changes: [{ path: "history 4", after: expect.stringContaining("builds on 3") }],
      },
    });
  });

  test("may not lose what goes, nor have it applied anew", async () => {
    const migrations = await writeAndApply(project);
    const plan = await keep(migrations, "1");
    await executeRollback(project.db, await keep(migrations, "2"), approved);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      meta: { changes: expect.arrayContaining([expect.objectContaining({ path: "history 3" })]) },
    });
    await applyMigrations(project.db, migrations);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      meta: { changes: [{ path: "history 3", change: "modified" }] },
    });
  });
});

describe("a secret", () => {
  const secret: Readonly<Record<string, File>> = {
    ...blog,
    "4": {
      up: "REMOVE USER IF EXISTS ada ON DATABASE",
      down: "DEFINE USER ada ON DATABASE PASSWORD 'hunter2'",
    },
  };

  test("is not in the plan, and comes from the migration file", async () => {
    const migrations = await writeAndApply(project, secret);
    const text = serializePlan(await createRollbackPlan(project.db, migrations, "3"));
    expect(text).not.toContain("hunter2");
    const plan = readPlan(text);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_SECRET_MISSING",
      meta: { statements: [{ migration: "4", index: 0 }] },
    });
    const edited = await project.write({
      "4": { ...secret["4"]!, down: "DEFINE USER ada ON DATABASE PASSWORD 'other'" },
    });
    await expect(
      executeRollback(project.db, plan, { ...approved, migrations: edited }),
    ).rejects.toMatchObject({ code: "EXECUTOR.PLAN_SECRET_MISSING" });
    expect(await executeRollback(project.db, plan, { ...approved, migrations })).toMatchObject({
      success: true,
    });
  });
});

test.each([
  ["not JSON", "{", "It is not JSON."],
  ["a list", "[]", "It is not a JSON object."],
  ["another format", `{"format":2}`, "Its format is 2, not 1."],
  ["half of one", `{"format":1}`, "It lacks migrations, issues"],
])("what is %s is no plan", (_what, text, why) => {
  expect(() => readPlan(text)).toThrow(
    expect.objectContaining({
      code: "EXECUTOR.INVALID_PLAN",
      category: "usage",
      why: expect.stringContaining(why),
    }),
  );
});

test("a plan that was edited, is too old or is for another database is refused", async () => {
  const migrations = await writeAndApply(project);
  const plan = await createRollbackPlan(project.db, migrations, "2", { lifetimeMs: 0 });
  const edited = serializePlan(plan).replace(`"migrationCount": 1`, `"migrationCount": 2`);
  expect(() => readPlan(edited)).toThrow(
    expect.objectContaining({ code: "EXECUTOR.PLAN_EDITED", category: "state" }),
  );
  await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
    code: "EXECUTOR.PLAN_EXPIRED",
    meta: { expiresAt: plan.expiresAt },
  });
  await project.db.query("DEFINE DATABASE other");
  const { connect } = await import("@surql/connection");
  const other = await connect({ client: project.db.client, namespace: "test", database: "other" });
  await expect(executeRollback(other, plan)).rejects.toMatchObject({
    code: "EXECUTOR.PLAN_FOR_ANOTHER_DATABASE",
  });
});
