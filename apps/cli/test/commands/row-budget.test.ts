import { readFile, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** The first half of 200 records holds a value in `x`, which goes when 2 is rolled back. */
beforeEach(async () => {
  const fill = "FOR $i IN 0..200 { CREATE type::record('a', $i) SET x = IF $i < 100 { 'x' } }";
  await writeMigration("1", `DEFINE TABLE a; ${fill}`, "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE option<string>", "REMOVE FIELD x ON a");
  await runCommand(MigrateUp);
});

const estimated = { impact: { records: 100, exact: false, sample: 50 } };
const exact = { impact: { records: 100, exact: true } };
const isEstimated = { issues: [expect.objectContaining({ code: "field_removed", ...estimated })] };

describe("--row-budget", () => {
  it("samples larger tables, and every number says so", async () => {
    const { document } = await runJson(MigratePlanRollback, "1", "--row-budget", "50");
    expect(document).toMatchObject({ rowBudget: 50, ...isEstimated });
    const { stdout } = await runCommand(MigratePlanRollback, "1", "--row-budget", "50");
    expect(stdout).toContain("Affects: about 100 values of a.x (from a sample of 50)\n");
  });

  it("changes nothing for tables that are no larger, and is no part of a plan without it", async () => {
    const within = await runJson(MigratePlanRollback, "1", "--row-budget", "200");
    expect(within.document).toMatchObject({ rowBudget: 200, issues: [exact] });
    const without = await runJson(MigratePlanRollback, "1");
    expect(without.document).toMatchObject({ issues: [exact] });
    expect(without.document).not.toHaveProperty("rowBudget");
  });

  it("is for a rollback and for a dry run of up too", async () => {
    const rollback = await runJson(MigrateRollback, "1", "--row-budget", "50", "--dry-run");
    expect(rollback.document).toMatchObject({ plan: isEstimated });
    await writeMigration("3", "REMOVE FIELD x ON a", "DEFINE FIELD x ON a TYPE option<string>");
    const up = await runJson(MigrateUp, "--row-budget", "50", "--dry-run");
    expect(up.document).toMatchObject(isEstimated);
  });

  it("is remembered by the file of a plan", async () => {
    // The one record that is looked at holds a value: the estimate is far from the truth.
    await runCommand(MigratePlanRollback, "1", "--row-budget", "1", "-o", "plan.json");
    const stored = await readFile("plan.json", "utf8");
    expect(JSON.parse(stored)).toMatchObject({
      rowBudget: 1,
      issues: [{ impact: { records: 200, exact: false, sample: 1 } }],
    });

    await writeFile("forgetful.json", JSON.stringify({ ...JSON.parse(stored), rowBudget: 200 }));
    const argv = ["--force", "--yes", "--plan"];
    const forgetful = await runJson(MigrateRollback, "1", ...argv, "forgetful.json");
    expect(forgetful).toMatchObject({
      exitCode: 4,
      document: { error: { code: "EXECUTOR.PLAN_EDITED" } },
    });
    const done = await runJson(MigrateRollback, "1", ...argv, "plan.json");
    expect(done.document).toMatchObject({ success: true, rolledBack: ["2"] });
  });

  it.each([
    [MigratePlanRollback, ["1", "--row-budget", "0"]],
    [MigratePlanRollback, ["1", "--row-budget=-5"]],
    [MigratePlanRollback, ["1", "--row-budget", "many"]],
    [MigrateRollback, ["1", "--row-budget", "1.5"]],
    [MigrateRollback, ["1", "--row-budget", "50", "--plan", "plan.json"]],
    [MigrateUp, ["--row-budget", "0", "--dry-run"]],
    [MigrateUp, ["--row-budget", "50"]],
  ])("is refused as wrong use by %o %j", async (command, argv) => {
    const run = await runJson(command, ...argv);
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({
      error: { message: expect.stringContaining("--row-budget") },
    });
  });
});
