import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import MigrateCreate from "../../src/commands/migrate/create.ts";
import MigrateHash from "../../src/commands/migrate/hash.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateValidate from "../../src/commands/migrate/validate.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

const mismatch = { exitCode: 4, document: { error: { code: "MIGRATION.SUM_MISMATCH" } } };

async function edit(path: string, table: string): Promise<void> {
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace(/-- @up\n.*/, `-- @up\nDEFINE TABLE ${table};`));
}

it("lets a new file be edited until up has applied it, and then names an edit", async () => {
  const created = await runJson(MigrateCreate, "one");
  const { path } = created.document as { path: string };
  await edit(path, "one");
  const open = await runJson(MigrateValidate);
  expect(open.document).toMatchObject({
    valid: true,
    sum: { sealed: 0, open: [expect.any(String)] },
  });
  expect((await runJson(MigrateUp)).exitCode).toBe(0);
  const sealed = await runJson(MigrateValidate);
  expect(sealed.document).toMatchObject({
    valid: true,
    sum: { sealed: 1, open: [], unlisted: [] },
  });
  await edit(path, "two");
  const edited = await runJson(MigrateValidate);
  expect(edited).toMatchObject(mismatch);
  expect(edited.stdout).toContain("_one.surql was edited");
  // Here the ledger knows more.
  expect((await runJson(MigrateUp)).document).toMatchObject({
    error: { code: "HISTORY.CHECKSUM_MISMATCH" },
  });
  expect((await runJson(MigrateHash)).document).toMatchObject({
    accepted: [expect.stringContaining("_one.surql")],
  });
  expect((await runJson(MigrateValidate)).exitCode).toBe(0);
});

it("applies nothing that was sealed and is another now, unless told", async () => {
  const path = await writeMigration("1", "DEFINE TABLE one");
  await runJson(MigrateHash);
  await edit(path, "two");
  expect(await runJson(MigrateUp)).toMatchObject(mismatch);
  await rm(path);
  await writeMigration("2", "DEFINE TABLE two");
  const removed = await runJson(MigrateUp);
  expect(removed).toMatchObject(mismatch);
  expect(removed.stdout).toContain("1_step.surql is sealed, and no longer there");
  expect((await runJson(MigrateUp, "--allow-changed")).document).toMatchObject({ applied: ["2"] });
});

it("says nothing, and makes no file, in a project without a sum", async () => {
  await writeMigration("1", "DEFINE TABLE one");
  expect((await runJson(MigrateValidate)).document).not.toHaveProperty("sum");
  await runJson(MigrateUp);
  expect((await runJson(MigrateValidate)).document).not.toHaveProperty("sum");
});

it("says how to resolve a merge conflict", async () => {
  await writeMigration("1", "DEFINE TABLE one");
  await runJson(MigrateHash);
  const sum = await readFile("migrations/surql.sum", "utf8");
  await writeFile("migrations/surql.sum", `<<<<<<< HEAD\n${sum}=======\n${sum}>>>>>>> theirs\n`);
  for (const command of [MigrateValidate, MigrateUp, MigrateCreate]) {
    const run = await runCommand(command, ...(command === MigrateCreate ? ["two"] : []));
    expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("merge conflict") });
    expect(run.stderr).toContain("surql migrate hash");
  }
  expect((await runCommand(MigrateHash)).exitCode).toBe(0);
  expect(await readFile("migrations/surql.sum", "utf8")).toBe(sum);
});

it.skipIf(process.getuid?.() === 0)("only notes that a folder is read-only", async () => {
  const created = await runJson(MigrateCreate, "one");
  await edit((created.document as { path: string }).path, "one");
  await chmod("migrations", 0o555);
  const run = await runCommand(MigrateUp);
  await chmod("migrations", 0o755);
  expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("not sealed") });
});
