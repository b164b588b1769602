import { expect, it } from "vitest";
import MigrateRestore from "../../src/commands/migrate/restore.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** Rolls back two migrations that made records, and keeps those. */
async function rolledBack(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE base", "REMOVE TABLE base");
  await writeMigration(
    "2",
    "DEFINE TABLE user; CREATE user:1 SET name = 'seed'",
    "REMOVE TABLE user",
  );
  await runCommand(MigrateUp);
  const run = await runCommand(MigrateRollback, "1", "--preserve", "--force", "--yes");
  expect(run).toMatchObject({ exitCode: 0 });
}

interface Listed {
  readonly id: string;
  readonly event: string;
}

async function list(): Promise<readonly Listed[]> {
  return (await runJson(MigrateRestore, "--list")).document as readonly Listed[];
}

it("lists what is kept with size, age and expiry", async () => {
  expect(await runCommand(MigrateRestore, "--list")).toMatchObject({
    stdout: "Nothing is kept.\n",
  });
  await rolledBack();
  expect(await list()).toEqual([
    {
      id: expect.stringMatching(/^q/),
      event: expect.any(String),
      kind: "table",
      state: "kept",
      migration: "2",
      table: "user",
      field: null,
      records: 1,
      bytes: 30,
      keptAt: expect.any(String),
      ageMs: expect.any(Number),
      expiresAt: expect.anything(),
      expired: false,
      restoredAt: null,
    },
  ]);
  const { stdout } = await runCommand(MigrateRestore, "--list");
  expect(stdout).toMatch(
    /^ID +ROLLBACK +MIGRATION +OF +KEPT +SIZE +AGE +EXPIRES +GIVEN BACK\nq\w+ .* 2 +user +1 record +30 B +0 min .* no\n30 B in all\n$/,
  );
});

it("gives back with up what the flag says, and otherwise says what is kept", async () => {
  await rolledBack();
  const [entry] = await list();
  const silent = await runCommand(MigrateUp, "--dry-run");
  expect(silent.exitCode).toBe(0);
  const up = await runJson(MigrateUp);
  expect(up.document).toMatchObject({
    applied: ["2"],
    restored: [],
    kept: [{ id: entry?.id, records: 1 }],
  });
  expect(up.stderr).toContain(`  user: 1 record, kept`);
  expect(up.stderr).toContain(`To give it back: surql migrate restore ${entry?.event}\n`);
  await runCommand(MigrateRollback, "1", "--preserve", "--force", "--yes");
  const again = await runJson(MigrateUp, "--restore", "ours");
  expect(again.stderr).not.toContain("Kept since");
  expect(again.document).toMatchObject({
    applied: ["2"],
    restored: [{ table: "user", records: 1 }],
    kept: [],
  });
});

it("asks before it gives back, and more gravely before it replaces what was written since", async () => {
  await rolledBack();
  await runCommand(MigrateUp);
  const dry = await runJson(MigrateRestore, "--dry-run");
  expect(dry.document).toMatchObject({
    rule: "theirs",
    dryRun: true,
    restored: [{ records: 1, stayed: 1 }],
  });
  const unasked = await runJson(MigrateRestore);
  expect(unasked).toMatchObject({
    exitCode: 3,
    document: { error: { code: "CLI.CONFIRMATION_REQUIRED", meta: { flags: ["--yes"] } } },
  });
  const replacing = await runJson(MigrateRestore, "--rule", "ours", "--yes");
  expect(replacing).toMatchObject({
    exitCode: 3,
    document: {
      error: { code: "CLI.CONFIRMATION_REQUIRED", meta: { flags: ["--force", "--yes"] } },
    },
  });
  const done = await runCommand(MigrateRestore, "--rule", "ours", "--force", "--yes");
  expect(done.stdout).toMatch(/^Gave back by the rule ours in \d+ ms\n {2}user: 1 record\n$/);
  const [entry] = await list();
  expect(entry).toMatchObject({ restoredAt: expect.any(String) });
  const twice = await runJson(MigrateRestore, entry?.id ?? "", "--yes");
  expect(twice).toMatchObject({
    exitCode: 4,
    document: { error: { code: "EXECUTOR.ALREADY_RESTORED" } },
  });
});

it("refuses what has no place, before it asks", async () => {
  await rolledBack();
  const run = await runJson(MigrateRestore);
  expect(run).toMatchObject({
    exitCode: 4,
    document: {
      error: {
        code: "EXECUTOR.RESTORE_BLOCKED",
        meta: { obstacles: [{ object: "user", code: "table_gone", records: 1 }] },
      },
    },
  });
});

it("drops what has expired, or was given back, with a clear yes only", async () => {
  await rolledBack();
  expect(await runCommand(MigrateRestore, "--prune")).toMatchObject({
    stdout: "Nothing has expired.\n",
  });
  await runCommand(MigrateUp, "--restore", "theirs");
  const unasked = await runJson(MigrateRestore, "--prune", "--restored", "--yes");
  expect(unasked).toMatchObject({ exitCode: 3 });
  expect(await list()).toHaveLength(1);
  expect(unasked.stdout).toContain("surql migrate restore --prune --restored --dry-run");
  const dry = await runCommand(MigrateRestore, "--prune", "--restored", "--dry-run");
  expect(dry.stdout).toMatch(/^Dry run, nothing was written. Would drop:\n {2}user: 1 record/);
  const { document } = await runJson(MigrateRestore, "--prune", "--restored", "--force", "--yes");
  expect(document).toMatchObject({ pruned: [{ table: "user" }] });
  expect(await list()).toEqual([]);
});
