import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acquireLock, listEvents, readLock } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeMigration,
  executeRollback,
  type ExecutorEvent,
} from "../src/index.ts";
import { whileItRuns } from "./meddled.ts";
import { blog, createProject, writeAndApply, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

describe("rolling back", () => {
  test("undoes everything in one transaction, and leaves an event", async () => {
    const migrations = await project.write(blog);
    await applyMigrations(project.db, migrations, { to: "1" });
    const before = await project.schemaSum();
    await applyMigrations(project.db, migrations);
    const plan = await createRollbackPlan(project.db, migrations, "1");
    const result = await executeRollback(project.db, plan, {
      force: true,
      actor: "ada",
      toolVersion: "1",
    });
    expect(result).toMatchObject({
      success: true,
      completedAll: true,
      rolledBackCount: 2,
      rolledBack: ["3", "2"],
      errors: [],
    });
    expect(await project.schemaSum()).toBe(before);
    expect(await project.versions()).toEqual(["1"]);
    expect((await listEvents(project.db)).at(-1)).toMatchObject({
      kind: "rollback",
      result: "done",
      actor: "ada",
      toolVersion: "1",
      fromVersion: "3",
      toVersion: "1",
      versions: ["3", "2"],
      fingerprint: plan.fingerprint,
      approval: { level: plan.overallSafety, issues: plan.issues.map(({ code }) => code) },
    });
    expect(await readLock(project.db)).toBeUndefined();
  });

  test("and forward again is where it was", async () => {
    const migrations = await writeAndApply(project);
    const before = await project.schemaSum();
    const plan = await createRollbackPlan(project.db, migrations, "base");
    await executeRollback(project.db, plan, { force: true });
    await applyMigrations(project.db, migrations);
    expect(await project.schemaSum()).toBe(before);
  });

  test("that loses something needs approval", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    const before = await project.digest();
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.APPROVAL_REQUIRED",
      category: "refused",
    });
    expect(await project.digest()).toBe(before);
  });

  test("that is safe needs none", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "2");
    expect(plan).toMatchObject({ isSafe: true, issues: [] });
    expect((await executeRollback(project.db, plan)).success).toBe(true);
  });

  test("that fails leaves schema, data and ledger as they were, and names everything", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "2": {
        up: "DEFINE FIELD bio ON user TYPE option<string>;",
        down: "REMOVE FIELD bio ON user;\n-- then\nREMOVE FIELD nothing ON user;",
      },
    });
    const before = await project.digest();
    const plan = await createRollbackPlan(project.db, migrations, "base");
    const result = await executeRollback(project.db, plan, { force: true });
    expect(result).toMatchObject({
      success: false,
      rolledBackCount: 0,
      rolledBack: [],
      partlyChanged: false,
      errors: [
        {
          migration: "2",
          statementIndex: 1,
          statement: "REMOVE FIELD nothing ON user",
          line: 9,
          reason: expect.stringContaining("nothing"),
        },
      ],
    });
    expect(await project.digest()).toBe(before);
  });

  test("of a migration without a way down is refused, approved or not", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "3": { up: "DEFINE TABLE x;", down: "-- nothing to do" },
      "4": {
        up: "DEFINE TABLE y;",
        down: "REMOVE TABLE y;",
        head: ["-- irreversible: the keys are gone"],
      },
    });
    const plan = await createRollbackPlan(project.db, migrations, "2");
    expect(plan.overallSafety).toBe("unsafe");
    expect(plan.issues).toContainEqual(
      expect.objectContaining({ code: "irreversible", migration: "3" }),
    );
    await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.NOT_REVERSIBLE",
      category: "state",
      why: "4: the keys are gone\n3: Its down section is missing or empty.",
    });
  });

  test("with a plan whose ground moved is refused", async () => {
    const migrations = await writeAndApply(project);
    const plan = await createRollbackPlan(project.db, migrations, "2");
    await applyMigrations(
      project.db,
      await project.write({ ...blog, "4": { up: "DEFINE TABLE x;" } }),
    );
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
      category: "state",
    });
    expect(await project.versions()).toEqual(["1", "2", "3", "4"]);
  });

  test("with a plan that was edited is refused", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    const tamed = { ...plan, overallSafety: "safe" as const, requiresApproval: false, issues: [] };
    await expect(executeRollback(project.db, tamed)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_EDITED",
    });
  });

  test("is not begun when it is asked to stop before", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "2");
    const before = await project.digest();
    const signal = AbortSignal.abort();
    await expect(executeRollback(project.db, plan, { signal })).rejects.toMatchObject({
      code: "EXECUTOR.INTERRUPTED",
    });
    expect(await project.digest()).toBe(before);
  });

  test("tells what happens as it happens", async () => {
    const events: ExecutorEvent[] = [];
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "1");
    await executeRollback(project.db, plan, {
      force: true,
      onEvent: (event) => events.push(event),
    });
    const down = { direction: "down", total: 2 };
    expect(events).toMatchObject([
      { kind: "migration-started", version: "3", position: 1, ...down },
      { kind: "migration-started", version: "2", position: 2, ...down },
      { kind: "migration-finished", version: "3" },
      { kind: "migration-finished", version: "2" },
    ]);
  });

  test("without a transaction stops behind the statement that runs, and goes on from there", async () => {
    const migrations = await writeAndApply(project, {
      ...blog,
      "4": {
        up: "DEFINE TABLE x;",
        down: "SLEEP 1ms; REMOVE TABLE x;",
        head: ["-- transaction: none"],
      },
    });
    const stop = new AbortController();
    const db = whileItRuns(project.db, "SLEEP", () => stop.abort());
    const plan = await createRollbackPlan(project.db, migrations, "3");
    const options = { force: true, signal: stop.signal };
    expect(await executeRollback(db, plan, options)).toMatchObject({
      success: false,
      partlyChanged: true,
    });
    const rest = await createRollbackPlan(project.db, migrations, "3");
    expect(rest.migrations[0]?.statements).toEqual(["REMOVE TABLE x"]);
  });

  test("runs once, whoever holds the plan", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "2");
    await executeRollback(project.db, plan);
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.PLAN_CARRIED_OUT",
    });
  });

  test("waits for nobody: a held lock says by whom", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "2");
    await acquireLock(project.db, { owner: "bob@server", runner: "b", ttlMs: 60_000 });
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.LOCK_HELD",
      category: "locked",
      message: expect.stringContaining("bob@server"),
    });
  });
});

describe("a rollback that the engine cannot do in one transaction", () => {
  const files = {
    "1": {
      up: "DEFINE TABLE t; DEFINE FIELD a ON t TYPE int; DEFINE INDEX i ON t FIELDS a; FOR $n IN 0..20 { CREATE type::record('t', $n) SET a = $n };",
      down: "REMOVE TABLE t;",
    },
    "2": {
      up: "REMOVE INDEX i ON t; UPDATE t SET a += 100;",
      down: "UPDATE t SET a -= 100; DEFINE INDEX i ON t FIELDS a;",
    },
  } satisfies Readonly<Record<string, File>>;

  test("is split, which the plan says, and its index is complete afterwards", async () => {
    const migrations = await writeAndApply(project, files);
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.transactions).toHaveLength(2);
    expect(plan.notes.join(" ")).toContain("2 transactions");
    expect(await executeRollback(project.db, plan, { force: true })).toMatchObject({
      success: true,
      rolledBack: ["2"],
    });
    const [found] = await project.db.query("SELECT VALUE a FROM t WHERE a = 7");
    expect(found).toEqual([7]);
    expect(await project.versions()).toEqual(["1"]);
  });

  test("goes on from where it failed", async () => {
    const migrations = await writeAndApply(project, {
      ...files,
      "2": {
        ...files["2"],
        down: "UPDATE t SET a = 1 WHERE a < 102; DEFINE INDEX i ON t FIELDS a UNIQUE;",
      },
    });
    const plan = await createRollbackPlan(project.db, migrations, "1");
    const failed = await executeRollback(project.db, plan, { force: true });
    expect(failed).toMatchObject({
      success: false,
      partlyChanged: true,
      rolledBack: [],
      errors: [{ statementIndex: 1 }],
    });
    expect(await project.versions()).toEqual(["1", "2"]);
    await expect(applyMigrations(project.db, migrations)).resolves.toMatchObject({ applied: [] });

    await project.db.query("UPDATE t:0 SET a = 500");
    const rest = await createRollbackPlan(project.db, migrations, "1");
    expect(rest.migrations[0]?.statements).toEqual(["DEFINE INDEX i ON t FIELDS a UNIQUE"]);
    expect(await executeRollback(project.db, rest, { force: true })).toMatchObject({
      success: true,
    });
    expect(await project.versions()).toEqual(["1"]);
  });

  test("because a table with an index is removed and defined again: the raw engine always conflicts, we do not", async () => {
    await project.db.query(
      "DEFINE TABLE raw; DEFINE INDEX i ON raw FIELDS a; CREATE raw:1 SET a = 1;",
    );
    const again = "REMOVE TABLE raw; DEFINE TABLE raw; DEFINE INDEX i ON raw FIELDS a;";
    await expect(project.db.query(`BEGIN; ${again} COMMIT;`)).rejects.toMatchObject({
      code: "CONNECTION.CONFLICT",
    });
    const migrations = await writeAndApply(project, {
      "1": { up: "DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a;", down: "REMOVE TABLE t;" },
      "2": {
        up: "DEFINE TABLE other;",
        down: "REMOVE TABLE t; DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a;",
      },
    });
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan.transactions).toHaveLength(2);
    expect((await executeRollback(project.db, plan, { force: true })).success).toBe(true);
  });
});

describe("one migration by itself", () => {
  test("goes up and down with its bookkeeping", async () => {
    const [first] = await project.write(blog);
    if (first === undefined) throw new Error("no file");
    const before = await project.schemaSum();
    await executeMigration(project.db, first, "up");
    expect(await project.versions()).toEqual(["1"]);
    await expect(executeMigration(project.db, first, "up")).rejects.toMatchObject({
      code: "EXECUTOR.ALREADY_APPLIED",
    });
    await executeMigration(project.db, first, "down");
    expect(await project.versions()).toEqual([]);
    expect(await project.schemaSum()).toBe(before);
    await expect(executeMigration(project.db, first, "down")).rejects.toMatchObject({
      code: "EXECUTOR.NOT_APPLIED",
    });
  });
});
