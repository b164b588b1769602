import { readFile, rm, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** 1 and 2 lose data when they are rolled back, 3 does not. */
beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a; CREATE a:1, a:2", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE option<string>", "REMOVE FIELD x ON a");
  await writeMigration("3", "DEFINE INDEX i ON a FIELDS x", "REMOVE INDEX i ON a");
  await runCommand(MigrateUp);
});

async function currentVersion(): Promise<unknown> {
  return ((await runJson(MigrateStatus)).document as { current: unknown }).current;
}

describe("a safe rollback", () => {
  it("asks once, so it needs --yes without a terminal", async () => {
    const refused = await runJson(MigrateRollback, "2");
    expect(refused.exitCode).toBe(3);
    expect(refused.document).toMatchObject({
      error: { code: "CLI.CONFIRMATION_REQUIRED", meta: { flags: ["--yes"] } },
    });
    expect(await currentVersion()).toBe("3");

    const done = await runJson(MigrateRollback, "2", "--yes");
    expect(done.exitCode).toBe(0);
    expect(done.document).toMatchObject({
      success: true,
      rolledBackCount: 1,
      completedAll: true,
      rolledBack: ["3"],
      errors: [],
      plan: { fromVersion: "3", toVersion: "2", overallSafety: "safe", requiresApproval: false },
    });
    expect(await currentVersion()).toBe("2");
  });

  it("tells how to go forward again", async () => {
    const { stdout, stderr } = await runCommand(MigrateRollback, "2", "--yes");
    expect(stdout).toMatch(
      /^Rolled back 1 migration in \d+ ms\n {2}3\nTo undo this: surql migrate up --to 3\n$/,
    );
    expect(stderr).toContain("Safety: SAFE");
  });
});

describe("a rollback that loses data", () => {
  it.each([
    [[], "EXECUTOR.APPROVAL_REQUIRED"],
    [["--yes"], "EXECUTOR.APPROVAL_REQUIRED"],
    [["--force"], "CLI.CONFIRMATION_REQUIRED"],
  ])("is refused with %j and no terminal", async (flags, code) => {
    const run = await runJson(MigrateRollback, "base", ...flags);
    expect(run.exitCode).toBe(3);
    expect(run.document).toMatchObject({
      error: {
        code,
        nextActions: [expect.stringContaining("plan-rollback base"), expect.any(String)],
      },
    });
    expect(run.stderr).not.toContain("Issues");
    expect(await currentVersion()).toBe("3");
  });

  it("runs with --force --yes", async () => {
    const { document, exitCode } = await runJson(MigrateRollback, "base", "--force", "--yes");
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ success: true, rolledBack: ["3", "2", "1"] });
    expect(await currentVersion()).toBeNull();
  });

  it("is only shown by a dry run", async () => {
    const { document, exitCode } = await runJson(MigrateRollback, "base", "--dry-run");
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({ dryRun: true, rolledBackCount: 0, completedAll: false });
    const { stdout } = await runCommand(MigrateRollback, "base", "--dry-run");
    expect(stdout).toContain("REMOVE TABLE a;");
    expect(await currentVersion()).toBe("3");
  });
});

describe("a plan", () => {
  it("says what would happen and what it would cost", async () => {
    const { document } = await runJson(MigratePlanRollback, "base");
    expect(document).toMatchObject({
      fromVersion: "3",
      toVersion: "base",
      migrationCount: 3,
      overallSafety: "unsafe",
      isSafe: false,
      requiresApproval: true,
      issues: expect.arrayContaining([
        expect.objectContaining({ code: "table_removed", impact: { records: 2, exact: true } }),
      ]),
    });
    const { stdout } = await runCommand(MigratePlanRollback, "base");
    expect(stdout).toContain("Safety: UNSAFE");
    expect(stdout).not.toContain("REMOVE TABLE");
    expect(stdout).toContain("all 2 records of a");
    const shown = await runCommand(MigratePlanRollback, "base", "--show-sql");
    expect(shown.stdout).toContain("REMOVE TABLE a;");
  });

  it("says how much each issue affects", async () => {
    await writeMigration("4", "UPDATE a SET x = 'kept'", "UPDATE a SET x = NONE");
    await runCommand(MigrateUp);
    const { stdout } = await runCommand(MigratePlanRollback, "1");
    expect(stdout).toMatch(/records_changed: .*\n +Affects: all 2 records of a\n/);
    expect(stdout).toMatch(/field_removed: .*\n +Affects: 2 values of a\.x\n/);
  });

  it("is carried out from a file as long as it fits", async () => {
    const plan = await runCommand(MigratePlanRollback, "2", "--output", "plan.json");
    expect(plan.stderr).toContain("surql migrate rollback --plan plan.json");
    const done = await runJson(MigrateRollback, "--plan", "plan.json", "--yes");
    expect(done.document).toMatchObject({ success: true, rolledBack: ["3"] });
    const again = await runJson(MigrateRollback, "2", "--plan", "plan.json", "--yes");
    expect(again.exitCode).toBe(4);
    expect(again.document).toMatchObject({
      error: {
        code: "EXECUTOR.PLAN_CARRIED_OUT",
        meta: { at: expect.any(String), actor: expect.any(String) },
      },
    });
  });

  it("is refused when it was edited, or its time is over", async () => {
    await runCommand(MigratePlanRollback, "2", "-o", "plan.json");
    const plan = await readFile("plan.json", "utf8");
    await writeFile("plan.json", plan.replace("REMOVE INDEX i", "REMOVE INDEX j"));
    const edited = await runJson(MigrateRollback, "--plan", "plan.json", "--yes");
    expect(edited).toMatchObject({
      exitCode: 4,
      document: { error: { code: "EXECUTOR.PLAN_EDITED" } },
    });
    await runCommand(MigratePlanRollback, "2", "-o", "plan.json", "--expires", "0s");
    const late = await runJson(MigrateRollback, "--plan", "plan.json", "--yes");
    expect(late).toMatchObject({
      exitCode: 4,
      document: { error: { code: "EXECUTOR.PLAN_EXPIRED" } },
    });
    expect(await currentVersion()).toBe("3");
  });

  it("needs no migration files", async () => {
    await runCommand(MigratePlanRollback, "2", "-o", "plan.json");
    await rm("migrations", { recursive: true });
    const done = await runJson(MigrateRollback, "--plan", "plan.json", "--yes");
    expect(done.document).toMatchObject({ success: true, rolledBack: ["3"] });
  });

  it("is stale when its target is no longer applied", async () => {
    await runCommand(MigratePlanRollback, "2", "-o", "plan.json");
    await runCommand(MigrateRollback, "1", "--force", "--yes");
    const run = await runJson(MigrateRollback, "2", "--plan", "plan.json", "--yes");
    expect(run.exitCode).toBe(4);
    expect(run.document).toMatchObject({
      error: {
        code: "EXECUTOR.STALE_PLAN",
        nextActions: [expect.stringContaining("plan-rollback 2")],
      },
    });
  });

  it.each([
    ["no file", undefined, "CLI.FILE_UNREADABLE"],
    ["no JSON", "{", "CLI.INVALID_PLAN_FILE"],
    ["another document", `{"a":1}`, "CLI.INVALID_PLAN_FILE"],
    ["another target", `{"toVersion":"1","fingerprint":"x"}`, "CLI.INVALID_PLAN_FILE"],
  ])("that is %s is refused", async (_what, text, code) => {
    if (text !== undefined) await writeFile("plan.json", text);
    const run = await runJson(MigrateRollback, "2", "--plan", "plan.json", "--yes");
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ error: { code } });
  });
});

describe("a rehearsal", () => {
  it("shows what the plan did, and keeps nothing", async () => {
    const { document, exitCode } = await runJson(MigratePlanRollback, "base", "--rehearse");
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      rehearsal: {
        ground: "live",
        success: true,
        tables: [{ table: "a", before: 2, after: null }],
      },
    });
    const { stdout } = await runCommand(MigratePlanRollback, "base", "--rehearse");
    expect(stdout).toMatch(/Rehearsed on the live database in \d+ ms; nothing was kept\./);
    expect(stdout).toContain("a: goes, with 2 records");
    expect(await currentVersion()).toBe("3");
  });

  it("is made again for a plan from a file", async () => {
    await writeMigration("4", "DEFINE FUNCTION fn::tidy() { DELETE a }", "fn::tidy()");
    await runCommand(MigrateUp);
    await runCommand(MigratePlanRollback, "3", "--rehearse", "-o", "plan.json");
    const run = await runJson(MigrateRollback, "3", "--plan", "plan.json", "--force", "--yes");
    expect(run.document).toMatchObject({
      success: true,
      plan: {
        issues: expect.arrayContaining([expect.objectContaining({ code: "records_deleted" })]),
      },
    });
  });

  it("that fails ends the command before anybody is asked", async () => {
    await writeMigration("4", "DEFINE TABLE d", "REMOVE TABLE d;\nTHROW 'no way'");
    await runCommand(MigrateUp);
    const plan = await runCommand(MigratePlanRollback, "3", "--rehearse");
    expect(plan).toMatchObject({ exitCode: 0 });
    expect(plan.stdout).toContain("UNSAFE 4 rehearsal_failed: The plan fails when it is run.");
    const run = await runJson(MigrateRollback, "3", "--rehearse");
    expect(run.exitCode).toBe(4);
    expect(run.document).toMatchObject({
      error: { code: "EXECUTOR.REHEARSAL_FAILED", why: expect.stringContaining("no way") },
    });
    expect(await currentVersion()).toBe("4");
  });
});

describe("a target", () => {
  it.each([
    ["9", 2, "EXECUTOR.UNKNOWN_VERSION"],
    ["4", 2, "EXECUTOR.TARGET_NOT_APPLIED"],
  ])("%s that cannot be reached is refused", async (target, exitCode, code) => {
    await writeMigration("4", "DEFINE TABLE d");
    const run = await runJson(MigrateRollback, target, "--yes");
    expect(run.exitCode).toBe(exitCode);
    expect(run.document).toMatchObject({ error: { code } });
  });

  it("that is the current version needs nothing, not even a question", async () => {
    const run = await runCommand(MigrateRollback, "3");
    expect(run).toMatchObject({ exitCode: 0, stdout: "Nothing to roll back.\n" });
  });
});

it("says what stays when the target is on another branch", async () => {
  await writeMigration("4", "DEFINE TABLE d", "REMOVE TABLE d", "depends_on: [2]");
  await runCommand(MigrateUp);
  const run = await runCommand(MigrateRollback, "3");
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^Nothing to roll back\.\nStays, .*: 4\.\n$/);
});

it("refuses what has no way back before it asks", async () => {
  await writeMigration("4", "DEFINE TABLE d", "-- nothing");
  await runCommand(MigrateUp);
  const run = await runJson(MigrateRollback, "3", "--force", "--yes");
  expect(run.exitCode).toBe(4);
  expect(run.document).toMatchObject({ error: { code: "EXECUTOR.NOT_REVERSIBLE" } });
});

it("says what failed in the database, and that nothing was changed", async () => {
  await writeMigration("4", "DEFINE TABLE d", "REMOVE TABLE d;\nTHROW 'no way'");
  await runCommand(MigrateUp);
  const run = await runJson(MigrateRollback, "3", "--force", "--yes");
  expect(run.exitCode).toBe(1);
  expect(run.document).toMatchObject({
    success: false,
    rolledBack: [],
    errors: [{ migration: "4", statementIndex: 1, reason: expect.stringContaining("no way") }],
    error: { code: "CLI.ROLLBACK_FAILED" },
  });
  const text = await runCommand(MigrateRollback, "3", "--force", "--yes");
  expect(text).toMatchObject({ exitCode: 1, stdout: "Nothing was rolled back.\n" });
  expect(text.stderr).toMatch(
    /Error CLI\.ROLLBACK_FAILED: Migration 4 failed, statement 2, line \d+: .*no way\. The database is as it was\./,
  );
  expect(await currentVersion()).toBe("4");
});

it("shows no secret of a statement", async () => {
  const user = "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER";
  await writeMigration("4", "REMOVE USER IF EXISTS ada ON DATABASE", user);
  await runCommand(MigrateUp);
  const runs = [
    await runCommand(MigratePlanRollback, "3", "--show-sql", "-o", "plan.json"),
    await runJson(MigratePlanRollback, "3"),
    await runCommand(MigrateRollback, "3", "--dry-run"),
    await runJson(MigrateRollback, "3", "--force", "--yes"),
  ];
  const printed = runs.map(({ stdout, stderr }) => stdout + stderr).join("");
  expect(printed).toContain("DEFINE USER ada");
  expect(printed + (await readFile("plan.json", "utf8"))).not.toContain("hunter2");
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
});
