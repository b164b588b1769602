import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acquireLock, listEvents, readLock } from "@surql/history";
import {
  analyzeRollbackSafety,
  applyMigrations,
  createRollbackPlan,
  executeMigration,
  executeRollback,
} from "../src/index.ts";
import { createProject, type File, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const blog: Readonly<Record<string, File>> = {
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL;\nDEFINE FIELD name ON user TYPE string;",
    down: "REMOVE TABLE user;",
  },
  "2": { up: "DEFINE FIELD bio ON user TYPE option<string>;", down: "REMOVE FIELD bio ON user;" },
  "3": { up: "DEFINE INDEX name_idx ON user FIELDS name;", down: "REMOVE INDEX name_idx ON user;" },
};

async function applied(files = blog) {
  const migrations = await project.write(files);
  await applyMigrations(project.db, migrations);
  return migrations;
}

async function digest(): Promise<string> {
  const [info] = await project.db.query("INFO FOR DB");
  const tables = Object.keys((info as { tables: object }).tables).toSorted();
  const content: unknown[] = [await project.schemaSum()];
  for (const table of tables)
    content.push([table, await project.db.query(`SELECT * FROM \`${table}\``)]);
  return JSON.stringify(content, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}

describe("a plan", () => {
  test("goes down to the target, newest first", async () => {
    const migrations = await applied();
    const plan = await createRollbackPlan(project.db, migrations, "1");
    expect(plan).toMatchObject({ fromVersion: "3", toVersion: "1", migrationCount: 2 });
    expect(plan.migrations.map(({ version, statements }) => [version, statements])).toEqual([
      ["3", ["REMOVE INDEX name_idx ON user"]],
      ["2", ["REMOVE FIELD bio ON user"]],
    ]);
    expect(plan.transactions).toHaveLength(1);
    expect(plan.estimatedDurationMs).toBeGreaterThanOrEqual(0);
  });

  test("to base takes everything", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "base");
    expect(plan.migrations.map(({ version }) => version)).toEqual(["3", "2", "1"]);
    expect(plan).toMatchObject({
      overallSafety: "unsafe",
      hasDataLoss: true,
      requiresApproval: true,
    });
  });

  test("says what is lost, with exact numbers", async () => {
    const migrations = await applied();
    await project.db.query(
      "CREATE user:1 SET name = 'a', bio = 'x'; CREATE user:2 SET name = 'b';",
    );
    const issues = await analyzeRollbackSafety(project.db, migrations, "base");
    expect(issues).toContainEqual(
      expect.objectContaining({
        code: "table_removed",
        migration: "1",
        impact: { records: 2, exact: true },
      }),
    );
    const field = await analyzeRollbackSafety(project.db, migrations, "1");
    expect(field).toContainEqual(
      expect.objectContaining({
        code: "field_removed",
        migration: "2",
        object: expect.objectContaining({ kind: "field", table: "user", name: "bio" }),
        impact: { records: 1, exact: true },
      }),
    );
  });

  test("to the current version is empty and safe", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "3");
    expect(plan).toMatchObject({ migrationCount: 0, isSafe: true });
    expect(await executeRollback(project.db, plan)).toMatchObject({
      success: true,
      rolledBack: [],
    });
  });

  test("is refused for a target that cannot be reached, with what would be right", async () => {
    const migrations = await project.write({
      ...blog,
      "4": { up: "DEFINE TABLE x;", down: "REMOVE TABLE x;" },
    });
    await applyMigrations(project.db, migrations, { to: "3" });
    await expect(createRollbackPlan(project.db, migrations, "nine")).rejects.toMatchObject({
      code: "EXECUTOR.UNKNOWN_VERSION",
    });
    await expect(createRollbackPlan(project.db, migrations, "4")).rejects.toMatchObject({
      code: "EXECUTOR.TARGET_NOT_APPLIED",
      nextActions: [expect.stringContaining("surql migrate up --to 4"), expect.any(String)],
    });
  });

  test("leaves an independent branch alone, and says so", async () => {
    const migrations = await applied({
      "1": { up: "DEFINE TABLE a;", down: "REMOVE TABLE a;" },
      "2": { up: "DEFINE TABLE b;", down: "REMOVE TABLE b;", dependsOn: ["1"] },
      "3": { up: "DEFINE TABLE c;", down: "REMOVE TABLE c;", dependsOn: ["1"] },
      "4": { up: "DEFINE TABLE d;", down: "REMOVE TABLE d;", dependsOn: ["2", "3"] },
    });
    const plan = await createRollbackPlan(project.db, migrations, "2");
    expect(plan.migrations.map(({ version }) => version)).toEqual(["4"]);
    expect(plan.notes.join()).toContain("3");
    const whole = await createRollbackPlan(project.db, migrations, "1");
    expect(whole.migrations.map(({ version }) => version)).toEqual(["4", "3", "2"]);
  });

  test("and a dry run write nothing", async () => {
    const migrations = await applied();
    const before = await digest();
    const plan = await createRollbackPlan(project.db, migrations, "base");
    await executeRollback(project.db, plan, { force: true, dryRun: true });
    expect(await digest()).toBe(before);
  });
});

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
    const migrations = await applied();
    const before = await project.schemaSum();
    const plan = await createRollbackPlan(project.db, migrations, "base");
    await executeRollback(project.db, plan, { force: true });
    await applyMigrations(project.db, migrations);
    expect(await project.schemaSum()).toBe(before);
  });

  test("that loses something needs approval", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "base");
    const before = await digest();
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.APPROVAL_REQUIRED",
      category: "refused",
    });
    expect(await digest()).toBe(before);
  });

  test("that is safe needs none", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "2");
    expect(plan).toMatchObject({ isSafe: true, issues: [] });
    expect((await executeRollback(project.db, plan)).success).toBe(true);
  });

  test("that fails leaves schema, data and ledger as they were, and names everything", async () => {
    const migrations = await applied({
      ...blog,
      "2": {
        up: "DEFINE FIELD bio ON user TYPE option<string>;",
        down: "REMOVE FIELD bio ON user;\n-- then\nREMOVE FIELD nothing ON user;",
      },
    });
    const before = await digest();
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
    expect(await digest()).toBe(before);
  });

  test("of a migration without a way down is refused, approved or not", async () => {
    const migrations = await applied({
      ...blog,
      "3": { up: "DEFINE TABLE x;", down: "-- nothing to do" },
    });
    const plan = await createRollbackPlan(project.db, migrations, "2");
    expect(plan).toMatchObject({
      overallSafety: "unsafe",
      issues: [{ code: "irreversible", migration: "3" }],
    });
    await expect(executeRollback(project.db, plan, { force: true })).rejects.toMatchObject({
      code: "EXECUTOR.NOT_REVERSIBLE",
      category: "state",
    });
  });

  test("with a plan whose ground moved is refused", async () => {
    const migrations = await applied();
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
    const plan = await createRollbackPlan(project.db, await applied(), "base");
    const tamed = { ...plan, overallSafety: "safe" as const, requiresApproval: false, issues: [] };
    await expect(executeRollback(project.db, tamed)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
  });

  test("runs once, whoever holds the plan", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "2");
    await executeRollback(project.db, plan);
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
  });

  test("waits for nobody: a held lock says by whom", async () => {
    const plan = await createRollbackPlan(project.db, await applied(), "2");
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
    const migrations = await applied(files);
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
    const migrations = await applied({
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
    const migrations = await applied({
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
