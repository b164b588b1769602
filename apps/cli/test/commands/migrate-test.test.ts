import { expect, it } from "vitest";
import MigrateTest from "../../src/commands/migrate/test.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

it("proves what can be undone, and needs no database", async () => {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD n ON a", "REMOVE FIELD n ON a");
  const { stdout, exitCode } = await runCommand(MigrateTest);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("2 migrations in");
  expect(stdout).toContain("2 exact");
});

it("names what cannot, and exits with 4 unless that is allowed", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  await writeMigration("2", "DEFINE FIELD n ON a", "REMOVE FIELD other ON a");
  const { document, exitCode } = await runJson(MigrateTest);
  expect(exitCode).toBe(4);
  expect(document).toMatchObject({
    migrations: [
      { version: "1", verdict: "irreversible" },
      { version: "2", verdict: "fails", failure: { stage: "down", line: expect.any(Number) } },
    ],
    error: { code: "PROOF.NOT_REVERSIBLE" },
  });
  const allowed = await runCommand(MigrateTest, "1", "--allow", "irreversible");
  expect(allowed.exitCode).toBe(0);
  expect(allowed.stdout).toContain("not reversible");
});
