import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getMigrationStatus, listEvents } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  findRepairs,
  readPlan,
  serializePlan,
} from "../src/index.ts";
import { whileItRuns } from "./meddled.ts";
import { createProject, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const head = ["-- transaction: none"];
const first = {
  "1": { up: "DEFINE TABLE t; DEFINE FIELD a ON t TYPE option<int>;", down: "REMOVE TABLE t;" },
};
const approved = { force: true };

/** Applies migrations of which the last fails, and gives the schema that it began with. */
async function failHalfWay(
  file: File,
  given = "",
): Promise<{
  readonly migrations: readonly Migration[];
  readonly before: string;
}> {
  await applyMigrations(project.db, await project.write(first));
  if (given !== "") await project.db.query(given);
  const before = await project.schemaSum();
  const migrations = await project.write({ ...first, "2": file });
  await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
    code: "EXECUTOR.PARTLY_APPLIED",
  });
  return { migrations, before };
}

/** Nothing is left of the migration: not in the schema, not in the history, and `up` would begin with it again. */
async function expectUndone(migrations: readonly Migration[], before: string): Promise<void> {
  expect(await project.schemaSum()).toBe(before);
  expect(await project.versions()).toEqual(["1"]);
  expect(await findRepairs(project.db)).toEqual([]);
  const status = await getMigrationStatus(project.db, migrations);
  expect(status.migrations[1]).toMatchObject({ version: "2", state: "pending" });
  expect(status.migrations[1]).not.toHaveProperty("progress");
}

const three: File = {
  head,
  up: "DEFINE TABLE a;\nDEFINE FIELD x ON a TYPE int;\nCREATE b:1 SET n = fn::missing();\nDEFINE TABLE c;\nDEFINE FIELD y ON t TYPE option<int>;",
  down: "REMOVE FIELD y ON t;\nREMOVE TABLE c;\nREMOVE FIELD x ON a;\nREMOVE TABLE a;",
};

describe("a migration that is half-way applied", () => {
  test("is undone as far as it came, and can be applied again", async () => {
    const { migrations, before } = await failHalfWay(three);
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan).toMatchObject({
      fromVersion: "1",
      toVersion: "1",
      migrations: [
        {
          version: "2",
          statements: ["REMOVE FIELD x ON a", "REMOVE TABLE a"],
          halfApplied: { statementsDone: 2, statements: 5, leftOut: [0, 1] },
        },
      ],
    });
    expect(plan.notes.join("\n")).toContain("REMOVE FIELD y ON t");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({
      success: true,
      rolledBack: ["2"],
    });
    await expectUndone(migrations, before);
    await project.db.query("DEFINE FUNCTION fn::missing() { RETURN 5 }");
    expect((await applyMigrations(project.db, migrations)).applied).toEqual(["2"]);
  });

  test("goes with those below it", async () => {
    const { migrations } = await failHalfWay(three);
    const plan = await createRollbackPlan(project.db, migrations, "base");
    expect(plan.migrations.map(({ version }) => version)).toEqual(["2", "1"]);
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({
      success: true,
      rolledBack: ["2", "1"],
    });
    expect(await project.versions()).toEqual([]);
    expect(await findRepairs(project.db)).toEqual([]);
  });

  test("that was split is undone in a transaction", async () => {
    const { migrations, before } = await failHalfWay(
      {
        up: "DEFINE FIELD n ON t TYPE option<int>;\nUPDATE t SET n = 1;\nDEFINE INDEX i ON t FIELDS n UNIQUE;",
        down: "REMOVE INDEX i ON t;\nUPDATE t UNSET n;\nREMOVE FIELD n ON t;",
      },
      "CREATE t:1 SET a = 1; CREATE t:2 SET a = 1",
    );
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.migrations[0]?.statements).toEqual(["UPDATE t UNSET n", "REMOVE FIELD n ON t"]);
    expect(plan.transactions).toMatchObject([{ transactional: true }]);
    expect((await executeRollback(project.db, plan, approved)).success).toBe(true);
    await expectUndone(migrations, before);
    expect(await project.rows("t")).not.toContainEqual(expect.objectContaining({ n: 1 }));
  });

  test("keeps what it was to replace", async () => {
    const { migrations, before } = await failHalfWay(
      {
        head,
        up: "DEFINE TABLE a;\nCREATE b:1 SET n = fn::missing();\nREMOVE INDEX i ON t;\nDEFINE INDEX i ON t FIELDS a UNIQUE;",
        down: "REMOVE INDEX i ON t;\nDEFINE INDEX i ON t FIELDS a;\nREMOVE TABLE a;",
      },
      "DEFINE INDEX i ON t FIELDS a",
    );
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.migrations[0]?.statements).toEqual(["REMOVE TABLE a"]);
    expect((await executeRollback(project.db, plan, approved)).success).toBe(true);
    await expectUndone(migrations, before);
  });

  test("that came between removing and defining again gets back what was removed", async () => {
    const { migrations, before } = await failHalfWay(
      {
        head,
        up: "REMOVE INDEX i ON t;\nDEFINE INDEX i ON t FIELDS a UNIQUE;",
        down: "REMOVE INDEX i ON t;\nDEFINE INDEX i ON t FIELDS a;",
      },
      "DEFINE INDEX i ON t FIELDS a; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1",
    );
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.migrations[0]?.statements).toEqual(["DEFINE INDEX i ON t FIELDS a"]);
    expect((await executeRollback(project.db, plan, approved)).success).toBe(true);
    await expectUndone(migrations, before);
  });

  test.each([
    [
      "whose records were changed by half",
      "UPDATE t SET a = 1;\nUPDATE t SET a = fn::missing();",
      "UPDATE t SET a = NONE;",
      "UPDATE t SET a = NONE, changes records of which only some",
    ],
    [
      "whose down does not undo what was done",
      "DEFINE TABLE a;\nCREATE b:1 SET n = fn::missing();",
      "REMOVE TABLE IF EXISTS b;",
      "DEFINE TABLE a",
    ],
    [
      "whose down fails",
      "DEFINE TABLE a;\nCREATE b:1 SET n = fn::missing();",
      "REMOVE TABLE a;\nREMOVE FIELD nothing ON t;",
      "REMOVE FIELD nothing ON t",
    ],
  ])("%s is left alone", async (_what, up, down, why) => {
    const { migrations } = await failHalfWay({ head, up, down }, "CREATE t:1 SET a = 0");
    const before = await project.digest();
    await expect(createRollbackPlan(project.db, migrations, "1")).rejects.toMatchObject({
      code: "EXECUTOR.HALF_APPLIED_UNPROVEN",
      category: "state",
      why: expect.stringContaining(why),
    });
    expect(await project.digest()).toBe(before);
  });

  test("whose file was edited is left alone", async () => {
    await failHalfWay(three);
    const edited = await project.write({ "2": { ...three, down: "REMOVE TABLE a;" } });
    await expect(createRollbackPlan(project.db, edited, "1")).rejects.toMatchObject({
      code: "HISTORY.CHECKSUM_MISMATCH",
    });
  });

  test("is not undone by a plan that was made before it went on", async () => {
    const { migrations } = await failHalfWay(three);
    const plan = readPlan(serializePlan(await createRollbackPlan(project.db, migrations, "1")));
    await project.db.query("DEFINE FUNCTION fn::missing() { RETURN 5 }");
    await applyMigrations(project.db, migrations);
    await expect(executeRollback(project.db, plan, approved)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
  });

  test("stays half-way applied where its undo fails at its first statement", async () => {
    const { migrations } = await failHalfWay(
      {
        ...three,
        down: "UPDATE t SET a = 'no';\nREMOVE TABLE c;\nREMOVE FIELD y ON t;\nREMOVE TABLE a;",
      },
      "CREATE t:1 SET a = 1",
    );
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(await executeRollback(project.db, plan, approved)).toMatchObject({
      success: false,
      partlyChanged: false,
      errors: [{ statementIndex: 0 }],
    });
    expect(await findRepairs(project.db)).toMatchObject([
      { kind: "migration", version: "2", direction: "up", statementsDone: 2, statements: 5 },
    ]);
  });

  test("goes on with its undo where that was interrupted", async () => {
    const { migrations, before } = await failHalfWay({
      ...three,
      down: "REMOVE TABLE c;\nSLEEP 1ms;\nREMOVE FIELD x ON a;\nREMOVE TABLE a;",
    });
    const stop = new AbortController();
    const db = whileItRuns(project.db, "SLEEP", () => stop.abort());
    const plan = await createRollbackPlan(project.db, migrations, "1");
    const options = { ...approved, signal: stop.signal };
    expect(await executeRollback(db, plan, options)).toMatchObject({ partlyChanged: true });
    expect(await findRepairs(project.db)).toMatchObject([
      { kind: "migration", version: "2", direction: "down", statementsDone: 2, statements: 4 },
    ]);
    await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.UNFINISHED_MIGRATION",
    });
    const rest = await createRollbackPlan(project.db, migrations, "1");
    expect(rest.migrations[0]?.statements).toEqual(["REMOVE FIELD x ON a", "REMOVE TABLE a"]);
    expect((await executeRollback(project.db, rest, approved)).success).toBe(true);
    await expectUndone(migrations, before);
    expect((await listEvents(project.db)).at(-1)).toMatchObject({
      kind: "rollback",
      result: "done",
      versions: ["2"],
    });
  });
});
