import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findRepairs } from "../src/index.ts";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  readPlan,
  serializePlan,
  type RollbackPlan,
} from "../src/index.ts";
import { createProject, writeAndApply, type File, type Project } from "./project.ts";
import type { Migration } from "@surql/migration";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const approved = { force: true };
const files = {
  "1": {
    up: "DEFINE TABLE t; DEFINE FIELD a ON t TYPE int; DEFINE INDEX i ON t FIELDS a; CREATE t:1 SET a = 1; CREATE t:2 SET a = 2;",
    down: "REMOVE TABLE t;",
  },
  "2": {
    up: "REMOVE INDEX i ON t; UPDATE t SET a += 100;",
    down: "UPDATE t SET a = 1;\nDEFINE INDEX i ON t FIELDS a UNIQUE;",
  },
  "3": { up: "DEFINE TABLE x;", down: "REMOVE TABLE x;" },
} satisfies Readonly<Record<string, File>>;

/** Carries out a plan that fails in its second transaction, where two records are alike. */
async function interrupt(): Promise<{
  readonly migrations: readonly Migration[];
  readonly plan: RollbackPlan;
}> {
  const migrations = await writeAndApply(project, files);
  const plan = readPlan(serializePlan(await createRollbackPlan(project.db, migrations, "1")));
  expect(plan.transactions).toHaveLength(2);
  expect(await executeRollback(project.db, plan, approved)).toMatchObject({
    success: false,
    partlyChanged: true,
    rolledBack: ["3"],
  });
  return { migrations, plan };
}

describe("a plan that was interrupted between its transactions", () => {
  test("goes on where it has changed an index that has the name of its field", async () => {
    const migrations = await writeAndApply(project, {
      ...files,
      "2": {
        up: `${files[2].up} DEFINE TABLE u; DEFINE FIELD n ON u TYPE int; DEFINE INDEX n ON u FIELDS n UNIQUE;`,
        down: `${files[2].down} REMOVE TABLE u;`,
      },
      "3": {
        up: "DEFINE INDEX OVERWRITE n ON u FIELDS n;",
        down: "DEFINE INDEX OVERWRITE n ON u FIELDS n UNIQUE;",
      },
    });
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ rolledBack: ["3"] });
    await project.db.query("UPDATE t:2 SET a = 2");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({ rolledBack: ["2"] });
  });

  test("goes on with what is left, once", async () => {
    const { plan } = await interrupt();
    await expect(executeRollback(project.db, plan, approved)).resolves.toMatchObject({
      success: false,
      rolledBack: [],
    });
    await project.db.query("UPDATE t:2 SET a = 2");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({
      success: true,
      completedAll: true,
      rolledBack: ["2"],
    });
    expect(await project.versions()).toEqual(["1"]);
    expect(await findRepairs(project.db)).toEqual([]);
    const [found] = await project.db.query("SELECT VALUE a FROM t WHERE a = 2");
    expect(found).toEqual([2]);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_CARRIED_OUT",
    });
  });

  test("is refused when something that is left to do rests on has changed", async () => {
    const { plan } = await interrupt();
    await project.db.query("DEFINE TABLE unrelated; DEFINE FIELD OVERWRITE a ON t TYPE string");
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      meta: { changes: [{ path: "t.a", change: "modified" }] },
    });
    await project.db.query("DEFINE FIELD OVERWRITE a ON t TYPE int; UPDATE t:2 SET a = 2");
    expect((await executeRollback(project.db, plan, approved)).success).toBe(true);
  });

  test("is refused when another one has gone on, or what it took came back", async () => {
    const { plan, migrations } = await interrupt();
    await project.db.query("UPDATE t:2 SET a = 2");
    const other = await createRollbackPlan(project.db, migrations, "1");
    await executeRollback(project.db, other, approved);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
    await applyMigrations(project.db, migrations);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
  });
});

test("one that runs without a transaction goes on behind the statement that was the last", async () => {
  const migrations = await writeAndApply(project, {
    "1": { up: "DEFINE TABLE t;", down: "REMOVE TABLE t;" },
    "2": {
      up: "DEFINE TABLE a; DEFINE TABLE b;",
      down: "REMOVE TABLE b;\nCREATE t:1;\nREMOVE TABLE a;",
      head: ["-- transaction: none"],
    },
  });
  await project.db.query("CREATE t:1");
  const plan = readPlan(serializePlan(await createRollbackPlan(project.db, migrations, "base")));
  expect(await executeRollback(project.db, plan, approved)).toMatchObject({ partlyChanged: true });
  await project.db.query("DELETE t:1");
  expect(await executeRollback(project.db, plan, approved)).toMatchObject({
    success: true,
    rolledBack: ["2", "1"],
  });
  expect(await project.versions()).toEqual([]);
});
