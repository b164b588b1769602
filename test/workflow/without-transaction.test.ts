import {
  applyMigrations,
  connect,
  createRollbackPlan,
  executeRollback,
  findRepairs,
  getMigrationStatus,
  repairDatabase,
} from "surql";
import type { Database, Migration } from "surql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";
import { makeProject } from "./project.ts";

const second = "UPDATE counter:one SET n += 1";
const back = "UPDATE counter:one SET n -= 1";
const file = `-- @metadata
-- version: 1
-- description: test
-- transaction: none
-- @up
CREATE counter:one SET n = 0;
${second};
DEFINE TABLE through;
-- @down
REMOVE TABLE through;
${back};
REMOVE TABLE counter;
`;

let server: TestServer;
let migrations: readonly Migration[];
let db: Database;
const open = () => connect({ url: server.url, namespace: "none", database: "main" });
beforeEach(async () => {
  server = await listen();
  await using project = await makeProject();
  migrations = await project.writeFile("1_test.surql", file);
  db = await open();
});
afterEach(async () => {
  await db.close();
  await server.close();
});

/** Cuts the connection at a statement; the first call that holds it only asks whether it parses. */
async function cutAt(text: string, when: "before" | "after", work: () => Promise<unknown>) {
  server.faults.cut = { text, nth: 2, when };
  const failure = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  await db.close();
  db = await open();
  return failure;
}

const counted = async () => (await db.query("SELECT VALUE n FROM counter"))[0];

describe.each([
  ["before", "again", 0],
  ["after", "done", 1],
] as const)("a connection that is cut %s a statement ran", (when, decision, n) => {
  it(`leaves a migration that says so, and goes on after repair says ${decision}`, async () => {
    const failure = await cutAt(second, when, () => applyMigrations(db, migrations));
    const unsettled = {
      code: "EXECUTOR.STATEMENT_UNSETTLED",
      meta: { statementIndex: 1, line: 7 },
    };
    expect(failure).toMatchObject({ ...unsettled, category: "partial" });
    expect(await counted()).toEqual([n]);

    const status = await getMigrationStatus(db, migrations);
    expect(status.migrations[0]).toMatchObject({
      state: "pending",
      progress: { statementsDone: 1, statements: 3, unsettled: { text: second, line: 7 } },
    });
    const refusal = { ...unsettled, category: "state" };
    await expect(applyMigrations(db, migrations)).rejects.toMatchObject(refusal);
    await expect(createRollbackPlan(db, migrations, "base")).rejects.toMatchObject(refusal);
    expect((await repairDatabase(db)).left).toMatchObject([{ kind: "statement", version: "1" }]);

    expect(await repairDatabase(db, { decision })).toMatchObject({
      repaired: [{ kind: "statement" }],
      left: [{ kind: "migration", statementsDone: 1 + n }],
    });
    expect((await applyMigrations(db, migrations)).applied).toEqual(["1"]);
    expect(await counted()).toEqual([1]);
    expect(await findRepairs(db)).toEqual([]);
  });

  it(`on the way back too, and the plan knows what it did itself after repair says ${decision}`, async () => {
    await applyMigrations(db, migrations);
    const plan = await createRollbackPlan(db, migrations, "base");
    server.faults.cut = { text: back, nth: 1, when };
    await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.STATEMENT_UNSETTLED",
      category: "partial",
      meta: { statementIndex: 1, direction: "down" },
    });
    await db.close();
    db = await open();
    expect(await counted()).toEqual([1 - n]);
    await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.STATEMENT_UNSETTLED",
    });
    await repairDatabase(db, { decision });
    if (decision === "done") {
      await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
        code: "EXECUTOR.STALE_PLAN",
      });
    }
    const rest = decision === "done" ? await createRollbackPlan(db, migrations, "base") : plan;
    expect(await executeRollback(db, rest, { force: true })).toMatchObject({ success: true });
    expect(await findRepairs(db)).toEqual([]);
  });
});

it("a statement that fails is settled: it changed nothing, and up goes on with it", async () => {
  await db.query("DEFINE TABLE through");
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
    code: "EXECUTOR.PARTLY_APPLIED",
    category: "partial",
    meta: { statementIndex: 2 },
  });
  expect(await findRepairs(db)).toMatchObject([
    { kind: "migration", statementsDone: 2, statements: 3 },
  ]);
  await db.query("REMOVE TABLE through");
  expect((await applyMigrations(db, migrations)).applied).toEqual(["1"]);
  expect(await counted()).toEqual([1]);
});

it("a migration that is given up counts as it did before", async () => {
  await cutAt(second, "before", () => applyMigrations(db, migrations));
  await repairDatabase(db, { decision: "abandon" });
  expect((await getMigrationStatus(db, migrations)).migrations).toEqual([
    { version: "1", description: "test", state: "pending", appliedAt: null },
  ]);
  expect(await repairDatabase(db)).toEqual({ repaired: [], left: [] });
});

it("the last statement that was begun and did run only needs its row", async () => {
  await cutAt("DEFINE TABLE through", "after", () => applyMigrations(db, migrations));
  await repairDatabase(db, { decision: "done" });
  expect((await applyMigrations(db, migrations)).applied).toEqual(["1"]);
  expect((await getMigrationStatus(db, migrations)).current).toBe("1");
});

it("nothing is begun in the other direction while a migration is half-way whose file is not there", async () => {
  await db.query("DEFINE TABLE through");
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({ category: "partial" });
  await expect(createRollbackPlan(db, [], "base")).rejects.toMatchObject({
    code: "EXECUTOR.UNFINISHED_MIGRATION",
    category: "state",
    nextActions: expect.arrayContaining([expect.stringContaining("surql migrate repair")]),
  });
  await repairDatabase(db, { decision: "abandon" });
  expect(await createRollbackPlan(db, migrations, "base")).toMatchObject({ migrationCount: 0 });
});

it("a rollback undoes what is half-way, and leaves alone what stood in its way", async () => {
  await db.query("DEFINE TABLE through");
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({ category: "partial" });
  const plan = await createRollbackPlan(db, migrations, "base");
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ rolledBack: ["1"] });
  const tables = "(INFO FOR DB).tables.keys().filter(|$t| $t IN ['counter', 'through'])";
  expect(await db.query(`RETURN ${tables}`)).toEqual([["through"]]);
  expect((await getMigrationStatus(db, migrations)).migrations).toEqual([
    { version: "1", description: "test", state: "pending", appliedAt: null },
  ]);
  await db.query("REMOVE TABLE through");
  expect((await applyMigrations(db, migrations)).applied).toEqual(["1"]);
});

it("a rollback undoes what is half-way, once it counts as applied", async () => {
  await cutAt(second, "before", () => applyMigrations(db, migrations));
  await expect(repairDatabase(db, { decision: "applied" })).rejects.toMatchObject({
    code: "HISTORY.FILE_MISSING",
  });
  const { repaired, left } = await repairDatabase(db, { decision: "applied", migrations });
  expect([repaired.length, left]).toEqual([1, []]);
  expect((await getMigrationStatus(db, migrations)).migrations).toMatchObject([
    { version: "1", state: "applied" },
  ]);
  await db.query("DEFINE TABLE through");
  const plan = await createRollbackPlan(db, migrations, "base");
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ rolledBack: ["1"] });
  expect(
    await db.query("RETURN (INFO FOR DB).tables.keys().filter(|$t| $t IN ['counter', 'through'])"),
  ).toEqual([[]]);
});

it("a statement that ran while the lock was lost is not recorded, and said to have run", async () => {
  await using project = await makeProject();
  const stolen = await project.writeFile(
    "1_test.surql",
    '-- @metadata\n-- version: 1\n-- description: test\n-- transaction: none\n-- @up\nUPDATE _migration_lock:fence SET runner = "thief";\nDEFINE TABLE t;\n',
  );
  await expect(applyMigrations(db, stolen)).rejects.toMatchObject({
    code: "EXECUTOR.STATEMENT_UNSETTLED",
    category: "partial",
    message: expect.stringContaining("ran, but that could not be recorded"),
  });
  expect(await findRepairs(db)).toMatchObject([{ kind: "statement", statementsDone: 0 }]);
});
