import { execFile } from "node:child_process";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import MigrateRestore from "../../src/commands/migrate/restore.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

const secret = "DEFINE USER ann ON DATABASE PASSWORD 'sesame'";
const back = ["--force", "--yes"] as const;

async function applied(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE base", "REMOVE TABLE base");
  await writeMigration(
    "2",
    `DEFINE TABLE user; CREATE user:1 SET n = 1f; CREATE user:\`a b\` SET at = d'2020-01-01T00:00:00.000000001Z'; ${secret}`,
    "REMOVE TABLE user; REMOVE USER ann ON DATABASE",
  );
  await runCommand(MigrateUp);
}

it("writes what a rollback takes into a folder first, and gives it back from there", async () => {
  await applied();
  const run = await runJson(MigrateRollback, "1", ...back, "--backup", "before/it");
  expect(run.exitCode).toBe(0);
  expect(run.stderr).toContain(
    "Backed up before the rollback begins:\n  001-user.jsonl: 2 records\n",
  );
  const names = await readdir("before/it");
  expect(names.toSorted()).toEqual(["001-user.jsonl", "load.sh", "manifest.json"]);
  const texts = await Promise.all(names.map((name) => readFile(join("before/it", name), "utf8")));
  expect(texts.join("\n")).not.toContain("sesame");

  await writeMigration("2", "DEFINE TABLE user", "REMOVE TABLE user");
  await runCommand(MigrateUp, "--allow-changed");
  const restored = await runJson(MigrateRestore, "--from", "before/it", "--yes");
  expect(restored.document).toMatchObject({
    rule: "theirs",
    restored: [{ table: "user", records: 2 }],
  });
  await runCommand(MigrateRollback, "1", ...back, "--backup", "again");
  expect(await readFile("again/001-user.jsonl", "utf8")).toBe(
    await readFile("before/it/001-user.jsonl", "utf8"),
  );
});

it("comes with a script that loads it", async () => {
  await applied();
  await runCommand(MigrateRollback, "1", ...back, "--backup", "before");
  const { stdout } = await promisify(execFile)("sh", ["before/load.sh", "--rule", "ours"], {
    env: { ...process.env, SURQL: "echo" },
  });
  expect(stdout).toBe(`migrate restore --from ${join(process.cwd(), "before")} --rule ours\n`);
});

it("never writes over anything", async () => {
  await applied();
  await mkdir("full");
  await writeFile("full/x", "mine");
  const run = await runJson(MigrateRollback, "1", ...back, "--backup", "full");
  expect(run).toMatchObject({ exitCode: 2, document: { error: { code: "CLI.FOLDER_NOT_EMPTY" } } });
  await runCommand(MigrateRollback, "1", ...back, "--preserve");
  await writeFile("kept.jsonl", "mine");
  const over = await runJson(MigrateRestore, "--to", "kept.jsonl");
  expect(over).toMatchObject({ exitCode: 2, document: { error: { code: "CLI.FILE_UNWRITABLE" } } });
  expect(await readFile("kept.jsonl", "utf8")).toBe("mine");
});

it("takes kept data out as a file, and back in from it", async () => {
  await applied();
  await runCommand(MigrateRollback, "1", ...back, "--preserve");
  const { document } = await runJson(MigrateRestore, "--to", "kept.jsonl");
  expect(document).toMatchObject({
    file: "kept.jsonl",
    records: 2,
    entries: [{ table: "user", restoredAt: null }],
  });
  const lines = (await readFile("kept.jsonl", "utf8")).trimEnd().split("\n");
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    kind: "table",
    migration: "2",
    table: "user",
    record: { id: { $record: { table: "user", key: 1 } }, n: { $float: "1" } },
  });
  await runCommand(MigrateUp);
  const refused = await runJson(MigrateRestore, "--from", "kept.jsonl");
  expect(refused).toMatchObject({ exitCode: 3 });
  const back2 = await runJson(
    MigrateRestore,
    "--from",
    "kept.jsonl",
    "--rule",
    "only-if-none",
    "--yes",
  );
  expect(back2.document).toMatchObject({ restored: [{ records: 2, stayed: 2 }] });
  // What was refused has left nothing.
  expect((await runJson(MigrateRestore, "--list")).document).toHaveLength(2);
});

it("refuses a backup that is not whole", async () => {
  await applied();
  await runCommand(MigrateRollback, "1", ...back, "--backup", "before");
  await runCommand(MigrateUp);
  await writeFile(
    "before/001-user.jsonl",
    `${(await readFile("before/001-user.jsonl", "utf8")).split("\n")[0]}\n`,
  );
  const short = await runJson(MigrateRestore, "--from", "before", "--yes");
  expect(short).toMatchObject({
    exitCode: 2,
    document: {
      error: {
        code: "CLI.INVALID_BACKUP",
        why: "It has 1 lines; there were 2 when it was written.",
      },
    },
  });
  expect((await runJson(MigrateRestore, "--list")).document).toEqual([]);
});
