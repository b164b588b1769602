import { restoreQuarantined } from "surql/executor";
import { connect } from "surql";
import { beforeEach, expect, it } from "vitest";
import MigrateRepair from "../../src/commands/migrate/repair.ts";
import MigrateRestore from "../../src/commands/migrate/restore.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** A table whose migration makes no records is rolled back, and 150 records of it are kept: two data rows. */
beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE user", "REMOVE TABLE user");
  await runCommand(MigrateUp);
  await inDatabase((db) => db.query("FOR $i IN 0..150 { CREATE type::record('user', $i) }"));
  await runCommand(MigrateRollback, "base", "--preserve", "--force", "--yes");
});

async function inDatabase(
  work: (db: Awaited<ReturnType<typeof connect>>) => Promise<unknown>,
): Promise<void> {
  await using db = await connect({
    url: "surrealkv://.surql/database",
    namespace: "development",
    database: "main",
  });
  await work(db);
}

it("says before that large data comes back in batches", async () => {
  const dry = await runCommand(MigrateUp, "--dry-run", "--restore", "ours", "--batch-above", "100");
  expect(dry.stderr).toContain(
    "Is given back in batches after the migration, if at all: 150 records of user.",
  );
  await runCommand(MigrateUp, "--restore", "none");
  const tried = await runCommand(MigrateRestore, "--dry-run", "--batch-above", "100");
  expect(tried.stdout).toContain(
    "user: 150 records\nIn batches. Each batch is committed by itself;",
  );
  const done = await runJson(MigrateRestore, "--batch-above", "100", "--yes");
  expect(done.document).toMatchObject({ inBatches: true, restored: [{ records: 150 }] });
});

it("says how far an interrupted one came, what goes on with it and what takes it back", async () => {
  await runCommand(MigrateUp, "--restore", "none");
  await inDatabase(async (db) => {
    const stop = new AbortController();
    const onEvent = (): void => stop.abort();
    const options = { rule: "ours", batchAbove: 100, batchSize: 100, signal: stop.signal } as const;
    const run = restoreQuarantined(db, undefined, { ...options, onEvent });
    await expect(run).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  });
  const { document } = await runJson(MigrateStatus);
  expect(document).toMatchObject({
    restoring: [{ table: "user", migration: "1", count: 150, done: 75, rule: "ours" }],
  });
  const status = await runCommand(MigrateStatus);
  expect(status.stdout).toMatch(
    /Half-way: 1: 75 of 150 records of user are given back; surql migrate restore q\w+ --rule ours goes on, surql migrate repair --abandon takes them out again\./,
  );
  expect((await runJson(MigrateRestore, "--yes")).document).toMatchObject({
    error: { code: "EXECUTOR.RESTORE_UNFINISHED" },
  });
  expect((await runJson(MigrateRollback, "base", "--force", "--yes")).document).toMatchObject({
    error: { code: "EXECUTOR.RESTORE_UNFINISHED" },
  });
  const repair = await runCommand(MigrateRepair, "--abandon");
  expect(repair.stdout).toContain("Repaired\n  1: 75 of 150 records of user are given back;");
  const again = await runJson(MigrateRestore, "--yes");
  expect(again.document).toMatchObject({ restored: [{ records: 150, stayed: 0 }] });
});
