import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  createRollbackPlan,
  executeRollback,
  rehearseRollback,
  type RollbackPlan,
} from "../src/index.ts";
import { createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const people: File = {
  up: "DEFINE TABLE user; DEFINE TABLE log; FOR $n IN 0..5 { CREATE type::record('user', $n) SET n = $n }; CREATE log:1;",
  down: "REMOVE TABLE user; REMOVE TABLE log;",
};

/** Applies the people and what stands below, and plans the way back to them, rehearsed. */
async function rehearse(up: string, down: string, ...more: readonly File[]): Promise<RollbackPlan> {
  const files = [people, { up, down }, ...more].map((file, index) => [String(index + 1), file]);
  const migrations = await writeAndApply(project, Object.fromEntries(files));
  const before = await project.digest();
  const plan = await createRollbackPlan(project.db, migrations, "1", { rehearse: true });
  expect(await project.digest()).toBe(before);
  return plan;
}

const nothing = "INFO FOR DB";

describe("a rehearsal", () => {
  test("says what each statement did, and which tables changed, and keeps nothing", async () => {
    const plan = await rehearse(
      nothing,
      "UPDATE user SET n = 9 WHERE n > 2;\n\nDELETE user WHERE n = 9 RETURN NONE;\nREMOVE TABLE log; CREATE extra;",
    );
    const step = { migration: "2", durationMs: expect.any(Number) };
    expect(plan.rehearsal).toEqual({
      ground: "live",
      success: true,
      statements: [
        { ...step, index: 0, statement: "UPDATE user SET n = 9 WHERE n > 2", records: 2 },
        { ...step, index: 1, statement: "DELETE user WHERE n = 9 RETURN NONE", records: 2 },
        { ...step, index: 2, statement: "REMOVE TABLE log" },
        { ...step, index: 3, statement: "CREATE extra", records: 1 },
      ],
      tables: [
        { table: "extra", before: null, after: 1 },
        { table: "log", before: 1, after: null, lostIn: "2" },
        { table: "user", before: 5, after: 3, lostIn: "2" },
      ],
      durationMs: expect.any(Number),
    });
    expect(JSON.parse(JSON.stringify(plan.rehearsal))).toEqual(plan.rehearsal);
    expect((await executeRollback(project.db, plan, { force: true })).success).toBe(true);
  });

  test("ends at the statement that fails, which the plan then says and refuses to run", async () => {
    const plan = await rehearse(nothing, "DELETE log;\n\nTHROW 'no way';\nCREATE log:2;");
    expect(plan.rehearsal).toMatchObject({
      success: false,
      statements: [{ index: 0, records: 1 }],
      failure: {
        migration: "2",
        statementIndex: 1,
        statement: "THROW 'no way'",
        line: 9,
        file: expect.stringContaining("2_test.surql"),
        reason: expect.stringContaining("no way"),
      },
    });
    const failures = plan.issues.filter(({ code }) => code === "rehearsal_failed");
    expect(failures).toHaveLength(1);
    expect(plan.issues[0]).toMatchObject({
      safety: "unsafe",
      code: "rehearsal_failed",
      migration: "2",
      statement: "THROW 'no way'",
      description: expect.stringContaining("statement 2, line 9: An error occurred: no way."),
    });
    await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.REHEARSAL_FAILED",
      category: "state",
    });
  });

  test("runs the migrations newest first, and tells of each", async () => {
    const migrations = await writeAndApply(project, {
      "1": people,
      "2": { up: "DEFINE FIELD a ON log", down: "REMOVE FIELD a ON log" },
      "3": { up: "DEFINE FIELD b ON log", down: "LET $gone = 'b'; UPDATE log UNSET b" },
      "4": { up: nothing, down: nothing },
    });
    const plan = await createRollbackPlan(project.db, migrations, "1");
    const events: unknown[] = [];
    const { statements } = await rehearseRollback(project.db, plan, {
      onEvent: (event) => events.push(event),
    });
    expect(statements.map(({ migration }) => migration)).toEqual(["4", "3", "3", "2"]);
    expect(events[0]).toEqual({ kind: "rehearsal-started", version: "4", position: 1, total: 3 });
  });

  test("hands on what LET sets", async () => {
    const plan = await rehearse(nothing, "UPDATE user SET n = $few WHERE n < $few", {
      up: nothing,
      down: "LET $few = 2",
    });
    expect(plan.rehearsal).toMatchObject({ success: true, statements: [{}, { records: 2 }] });
  });

  test("sees what the code does that a statement sets off", async () => {
    const plan = await rehearse(
      "DEFINE FUNCTION fn::tidy() { DELETE user WHERE n > 1; REMOVE TABLE log; }",
      "fn::tidy(); REMOVE FUNCTION fn::tidy",
    );
    expect(plan.issues).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          safety: "unsafe",
          code: "table_removed",
          migration: "2",
          object: { kind: "table", name: "log" },
          impact: { records: 1, exact: true },
        }),
        expect.objectContaining({
          safety: "unsafe",
          code: "records_deleted",
          migration: "2",
          object: { kind: "table", name: "user" },
          impact: { records: 3, exact: true },
        }),
      ]),
    );
  });

  test("of the same plan has the same fingerprint", async () => {
    const plan = await rehearse(nothing, "DELETE user WHERE n = 4; THROW 'no'");
    const migrations = await project.write({});
    const again = await createRollbackPlan(project.db, migrations, "1", { rehearse: true });
    expect(again.fingerprint).toBe(plan.fingerprint);
    expect((await createRollbackPlan(project.db, migrations, "1")).fingerprint).not.toBe(
      plan.fingerprint,
    );
  });

  test("shows no secret", async () => {
    const plan = await rehearse(
      nothing,
      "DEFINE USER ada ON DATABASE PASSWORD 'hunter2'; DEFINE USER ada ON DATABASE PASSWORD 'hunter2'",
    );
    expect(plan.rehearsal?.failure?.reason).toContain("already exists");
    expect(JSON.stringify([plan.rehearsal, plan.issues])).not.toContain("hunter2");
  });

  test("of a plan whose ground moved is refused", async () => {
    const plan = await rehearse(nothing, nothing);
    await project.db.query("DELETE _migration_history WHERE version = '2'");
    await expect(rehearseRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
  });
});

describe("an index", () => {
  const index = "DEFINE INDEX n_idx ON user FIELDS n";

  test("over records is not built, but searched for duplicates after what comes before it", async () => {
    const plan = await rehearse(nothing, `UPDATE user:0 SET n = 1; ${index} UNIQUE`);
    expect(plan.transactions).toHaveLength(2);
    expect(plan.rehearsal).toMatchObject({
      success: false,
      failure: {
        statementIndex: 1,
        reason: expect.stringMatching(/2 records share .*user:0 = user:1/),
      },
    });
  });

  test("is searched again after what comes behind it", async () => {
    const plan = await rehearse(nothing, `${index} UNIQUE; UPDATE user SET n = 1`);
    expect(plan.rehearsal).toMatchObject({
      success: false,
      statements: [{}, {}],
      failure: { statementIndex: 0 },
    });
  });

  test("that can be built says so, and is not left behind", async () => {
    const plan = await rehearse(
      index,
      `DEFINE INDEX OVERWRITE n_idx ON user FIELDS n UNIQUE; REMOVE INDEX n_idx ON user; ${index}`,
    );
    expect(plan.rehearsal).toMatchObject({
      success: true,
      statements: [
        { statement: "REMOVE INDEX IF EXISTS n_idx ON TABLE user" },
        { instead: expect.stringContaining("searched for duplicates") },
        { statement: "REMOVE INDEX n_idx ON user", instead: expect.stringContaining("not built") },
        { instead: expect.stringContaining("not built") },
      ],
    });
    expect(await project.db.query("SELECT VALUE n FROM user WHERE n = 3")).toEqual([[3]]);
  });

  test("that is there already fails as it would", async () => {
    const plan = await rehearse(index, index);
    expect(plan.rehearsal?.failure?.reason).toContain("already exists");
  });

  test("of a new table is built", async () => {
    const plan = await rehearse(
      nothing,
      "DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a UNIQUE; CREATE t:1 SET a = 1; CREATE t:2 SET a = 1",
    );
    expect(plan.rehearsal).toMatchObject({
      failure: { statementIndex: 3, reason: expect.stringContaining("already contains 1") },
    });
  });
});

describe("is refused, before anything runs,", () => {
  test.each([
    [
      "a sequence",
      "DEFINE SEQUENCE s",
      "DELETE log; UPDATE user SET n = sequence::nextval('s')",
      "Migration 2, line 7, calls sequence::nextval: UPDATE user SET n = sequence::nextval('s')",
    ],
    [
      "an event that calls out",
      "DEFINE EVENT e ON user WHEN true THEN (http::post('http://127.0.0.1:9', {}))",
      "UPDATE user SET n = 1",
      "line 7, sets off the event user.e, which calls http::post: UPDATE",
    ],
    [
      "an index in a block",
      nothing,
      "IF true { DEFINE INDEX OVERWRITE i ON user FIELDS n }",
      "builds the index user.i inside of other code",
    ],
  ])("%s", async (_what, up, down, reason) => {
    await expect(rehearse(up, down)).rejects.toMatchObject({
      code: "EXECUTOR.REHEARSAL_REFUSED",
      category: "refused",
      why: expect.stringContaining(reason),
    });
  });

  test("a sequence, which does not move", async () => {
    await expect(
      rehearse("DEFINE SEQUENCE s", "DELETE log; CREATE t SET n = sequence::nextval('s')"),
    ).rejects.toThrow();
    expect(await project.db.query("RETURN sequence::nextval('s')")).toEqual([0]);
  });

  test("a migration without a transaction", async () => {
    const migrations = await writeAndApply(project, {
      "1": people,
      "2": { up: nothing, down: nothing, head: ["-- transaction: none"] },
    });
    await expect(
      createRollbackPlan(project.db, migrations, "1", { rehearse: true }),
    ).rejects.toMatchObject({
      code: "EXECUTOR.REHEARSAL_REFUSED",
      why: expect.stringContaining("Migration 2 declares"),
    });
  });
});
