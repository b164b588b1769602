import { expect, it } from "vitest";
import MigrateHistory from "../../src/commands/migrate/history.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

async function writeThree(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE string", "REMOVE FIELD x ON a");
  await writeMigration("3", "DEFINE INDEX i ON a FIELDS x", "REMOVE INDEX i ON a");
}

it("applies what is pending and says what it did", async () => {
  await writeThree();
  const run = await runCommand(MigrateUp);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toMatch(/^Applied 3 migrations in \d+ ms\n {2}1\n {2}2\n {2}3\n$/);
  const again = await runCommand(MigrateUp);
  expect(again).toMatchObject({ exitCode: 0, stdout: "Nothing to apply.\n" });
});

it("prints the document of the contract", async () => {
  await writeThree();
  const { document } = await runJson(MigrateUp, "--steps", "2", "--auto-snapshot");
  expect(document).toMatchObject({ applied: ["1", "2"], snapshots: ["1", "2"] });
  const status = await runJson(MigrateStatus);
  expect(status.document).toEqual({
    current: "2",
    migrations: [
      { version: "1", description: "Step 1", state: "applied", appliedAt: expect.any(String) },
      { version: "2", description: "Step 2", state: "applied", appliedAt: expect.any(String) },
      { version: "3", description: "Step 3", state: "pending", appliedAt: null },
    ],
  });
  const history = await runJson(MigrateHistory);
  expect(history.document).toMatchObject([
    { version: "1", description: "Step 1", checksum: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { version: "2" },
  ]);
});

it("stops at a version", async () => {
  await writeThree();
  expect((await runJson(MigrateUp, "--to", "1")).document).toMatchObject({ applied: ["1"] });
  const unknown = await runJson(MigrateUp, "--to", "9");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.document).toMatchObject({ error: { code: "EXECUTOR.UNKNOWN_VERSION" } });
});

it("shows what it would do, without secrets, and writes nothing", async () => {
  await writeMigration("1", "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER");
  const { stdout } = await runCommand(MigrateUp, "--dry-run");
  expect(stdout).toContain("DEFINE USER ada ON DATABASE");
  expect(stdout).not.toContain("hunter2");
  const { document } = await runJson(MigrateUp, "--dry-run");
  expect(document).toMatchObject({ applied: [], planned: [{ version: "1" }] });
  expect(JSON.stringify(document)).not.toContain("hunter2");
  expect((await runJson(MigrateStatus)).document).toMatchObject({ current: null });
});

it("leaves the database as it was before a migration that fails", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  await writeMigration("2", "DEFINE TABLE b;\nTHROW 'no'");
  await writeMigration("3", "DEFINE TABLE c");
  const run = await runJson(MigrateUp);
  expect(run.exitCode).toBe(1);
  expect(run.document).toMatchObject({
    error: {
      code: "EXECUTOR.MIGRATION_FAILED",
      meta: { migration: "2", statementIndex: 1, line: 6 },
    },
  });
  expect((await runJson(MigrateStatus)).document).toMatchObject({ current: "1" });
});

it("refuses files that were edited after they were applied, unless it is allowed", async () => {
  await writeThree();
  await runCommand(MigrateUp, "--steps", "1");
  await writeMigration("1", "DEFINE TABLE a SCHEMAFULL", "REMOVE TABLE a");
  const refused = await runJson(MigrateUp);
  expect(refused.exitCode).toBe(4);
  expect(refused.document).toMatchObject({ error: { code: "HISTORY.CHECKSUM_MISMATCH" } });
  const { document } = await runJson(MigrateUp, "--allow-changed");
  expect(document).toMatchObject({ applied: ["2", "3"] });
});

it("draws the states in the status table", async () => {
  await writeThree();
  await runCommand(MigrateUp, "--steps", "1");
  const { stdout } = await runCommand(MigrateStatus);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "Current version: 1 (1 applied, 2 pending)",
    "",
    expect.stringMatching(/^VERSION +DESCRIPTION +STATE +APPLIED AT$/),
  ]);
});

it("says when a migration cannot be one transaction", async () => {
  const up = "DEFINE TABLE a; CREATE a:1 SET x = 1;\nDEFINE INDEX i ON a FIELDS x";
  await writeMigration("1", up, "REMOVE TABLE a");
  const planned = await runCommand(MigrateUp, "--dry-run");
  expect(planned.stdout).toMatch(/ {2}1 takes 2 transactions: .*a.*\.\n/);
  const { stderr, stdout } = await runCommand(MigrateUp);
  expect(stderr).toMatch(/1 takes 2 transactions: /);
  expect(stdout).toContain("Applied 1 migration");
});
