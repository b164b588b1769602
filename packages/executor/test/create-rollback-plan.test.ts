import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  analyzeRollbackSafety,
  applyMigrations,
  createRollbackPlan,
  executeRollback,
} from "../src/index.ts";
import { blog, createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

describe("a plan", () => {
  test("goes down to the target, newest first", async () => {
    const migrations = await writeAndApply(project);
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
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "base");
    expect(plan.migrations.map(({ version }) => version)).toEqual(["3", "2", "1"]);
    expect(plan).toMatchObject({
      overallSafety: "unsafe",
      hasDataLoss: true,
      requiresApproval: true,
    });
  });

  test("says what is lost, with exact numbers", async () => {
    const migrations = await writeAndApply(project);
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

  test("has another fingerprint when it would lose more, and the same when nothing changed", async () => {
    const migrations = await writeAndApply(project);
    await project.db.query("CREATE user:1 SET name = 'a', bio = 'x'");
    const approved = await createRollbackPlan(project.db, migrations, "1");
    const again = await createRollbackPlan(project.db, migrations, "1");
    expect(again.fingerprint).toBe(approved.fingerprint);
    await project.db.query("CREATE user:2 SET name = 'b', bio = 'y'");
    const later = await createRollbackPlan(project.db, migrations, "1");
    expect(later.fingerprint).not.toBe(approved.fingerprint);
  });

  test("to the current version is empty and safe", async () => {
    const plan = await createRollbackPlan(project.db, await writeAndApply(project), "3");
    expect(plan).toMatchObject({ migrationCount: 0, isSafe: true });
    expect(await executeRollback(project.db, plan)).toMatchObject({
      success: true,
      rolledBack: [],
    });
  });

  test("is stale in another database that has the same migrations", async () => {
    const migrations = await writeAndApply(project);
    await using other = await createProject();
    await applyMigrations(other.db, migrations);
    const plan = await createRollbackPlan(other.db, migrations, "2");
    await expect(executeRollback(project.db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.STALE_PLAN",
    });
    expect(await executeRollback(other.db, plan)).toMatchObject({ rolledBack: ["3"] });
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
    const migrations = await writeAndApply(project, {
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
    const migrations = await writeAndApply(project);
    const before = await project.digest();
    const plan = await createRollbackPlan(project.db, migrations, "base");
    await executeRollback(project.db, plan, { force: true, dryRun: true });
    expect(await project.digest()).toBe(before);
  });
});
