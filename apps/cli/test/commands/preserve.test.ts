import { writeFile } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import MigrateHistory from "../../src/commands/migrate/history.ts";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE user; CREATE user:1, user:2", "REMOVE TABLE user");
  await runCommand(MigrateUp);
});

const users = [{ migration: "1", kind: "table", table: "user", records: 2, exact: true }];

it("keeps what a rollback takes with --preserve, and says how to undo it", async () => {
  const { document } = await runJson(MigratePlanRollback, "base", "--preserve");
  expect(document).toMatchObject({ preserve: users, requiresApproval: true });
  const run = await runCommand(MigrateRollback, "base", "--preserve", "--force", "--yes");
  expect(run.stderr).toContain("Keeps in the quarantine for 90 days: 2 records of user.");
  expect(run.stderr).toContain("Its records are kept in the quarantine.");
  expect(run.stderr).not.toContain("user_backup");
  expect(run.stdout).toContain("To undo this: surql migrate up --to 1 --restore ours");
  const history = await runCommand(MigrateHistory);
  expect(history.stdout).toMatch(
    /^No migration is applied\.\n\nRolled back from 1 to base on \S+ by .+\. To undo that: surql migrate up --to 1 --restore ours\n$/,
  );
});

it("is what a configuration can say once for all", async () => {
  await writeFile("surql.config.json", JSON.stringify({ preserve: true }));
  expect((await runJson(MigratePlanRollback, "base")).document).toMatchObject({ preserve: users });
  const without = await runJson(MigratePlanRollback, "base", "--no-preserve");
  expect(without.document).not.toHaveProperty("preserve");
});

it("carries out what a plan says", async () => {
  await runCommand(MigratePlanRollback, "base", "--preserve", "--output", "plan.json");
  const run = await runJson(MigrateRollback, "base", "--plan", "plan.json", "--force", "--yes");
  expect(run.document).toMatchObject({ success: true, plan: { preserve: users } });
});

async function keepFor(...flags: readonly string[]): Promise<unknown> {
  const { document } = await runJson(MigratePlanRollback, "base", "--preserve", ...flags);
  return (document as { readonly keepForMs: unknown }).keepForMs;
}

it("keeps as long as it is told", async () => {
  expect(await keepFor()).toBe(90 * 86_400_000);
  expect(await keepFor("--keep-for", "30d")).toBe(30 * 86_400_000);
  await writeFile("surql.config.json", JSON.stringify({ keepFor: "forever" }));
  expect(await keepFor()).toBeNull();
  const run = await runCommand(MigrateRollback, "base", "--preserve", "--keep-for", "soon");
  expect(run.stderr).toContain("--keep-for must be a number and one of s, m, h, d, w");
});
