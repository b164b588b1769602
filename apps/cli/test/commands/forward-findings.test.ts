import { writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateValidate from "../../src/commands/migrate/validate.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** 2 loses what 1 made; 3 has no way back. */
beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a; CREATE a:1, a:2", "REMOVE TABLE a");
  await writeMigration("2", "REMOVE TABLE a", "DEFINE TABLE a");
  await writeMigration("3", "DEFINE TABLE b");
});

describe("up --dry-run", () => {
  it("counts what would be lost, and says that no rollback brings it back", async () => {
    await runCommand(MigrateUp, "--steps", "1");
    const { stdout, exitCode } = await runCommand(MigrateUp, "--dry-run");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("\nSafety: UNSAFE\n");
    expect(stdout).toMatch(
      /\nIssues\n {2}UNSAFE 2 table_removed: .*all 2 records of a\. Rolling back brings back the definition, not the records\.\n {6}Advice: /,
    );
    const { document } = await runJson(MigrateUp, "--dry-run");
    expect(document).toMatchObject({
      applied: [],
      planned: [{ version: "2" }, { version: "3" }],
      overallSafety: "unsafe",
      issues: [{ code: "table_removed", migration: "2", impact: { records: 2, exact: true } }],
    });
    expect((await runJson(MigrateStatus)).document).toMatchObject({ current: "1" });
  });

  it("finds nothing where the plan itself adds and removes", async () => {
    const { document } = await runJson(MigrateUp, "--dry-run");
    expect(document).toMatchObject({ overallSafety: "safe", issues: [] });
    expect((await runCommand(MigrateUp, "--dry-run")).stdout).not.toContain("Issues");
  });
});

describe("validate", () => {
  it("lists what stands in the way of going back, without a database and without an error", async () => {
    const { document, exitCode } = await runJson(MigrateValidate);
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      valid: true,
      migrations: 3,
      findings: [
        { migration: "2", direction: "up", code: "table_removed", safety: "unsafe" },
        { migration: "3", direction: "down", code: "irreversible", safety: "unsafe" },
      ],
    });
    const { stdout } = await runCommand(MigrateValidate);
    expect(stdout).toMatch(
      /^Valid: 3 migrations\.\n\nWhat stands in the way of going back\n {2}UNSAFE 2 table_removed: /,
    );
  });

  it("shows what the policies decided", async () => {
    const policies = [{ code: "table_removed", table: "a", level: "safe", reason: "A cache" }];
    await writeFile("surql.config.json", JSON.stringify({ policies }));
    const { stdout } = await runCommand(MigrateValidate);
    expect(stdout).toMatch(
      / {2}SAFE 2 table_removed: .*\n(.*\n)* {6}Policy: lowered from unsafe: A cache\n/,
    );
    const { document } = await runJson(MigrateUp, "--dry-run");
    expect(document).toMatchObject({ overallSafety: "safe" });
  });

  it("says no more than that they are valid when there is nothing to find", async () => {
    await writeMigration("2", "DEFINE FIELD x ON a", "REMOVE FIELD x ON a");
    await writeMigration("3", "DEFINE TABLE b", "REMOVE TABLE b");
    expect((await runCommand(MigrateValidate)).stdout).toBe("Valid: 3 migrations.\n");
    expect((await runJson(MigrateValidate)).document).toMatchObject({ findings: [] });
  });
});

it("says by which statement, where no object tells it", async () => {
  await writeMigration("2", "FOR $x IN [a:1] {\n  UPDATE $x SET n = 1\n}", "UPDATE a UNSET n");
  const { stdout } = await runCommand(MigrateValidate);
  expect(stdout).toContain("\n      Statement: FOR $x IN [a:1] { …\n");
});
