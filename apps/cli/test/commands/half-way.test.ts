import { readdir } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import MigrateBaseline from "../../src/commands/migrate/baseline.ts";
import MigrateGenerate from "../../src/commands/migrate/generate.ts";
import MigrateRepair from "../../src/commands/migrate/repair.ts";
import MigrateRestoreSchema from "../../src/commands/migrate/restore-schema.ts";
import MigrateSnapshot from "../../src/commands/migrate/snapshot.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

const refused = { exitCode: 4, document: { error: { code: "EXECUTOR.UNFINISHED_MIGRATION" } } };

beforeEach(async () => {
  await writeMigration("2", "DEFINE TABLE b; THROW 'stop'", "", "transaction: none");
});

it("while a migration is half-way, the schema is taken for that of no version", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  await runCommand(MigrateUp);
  for (const argv of [["change"], ["change", "--dry-run"], ["change", "--no-record"]]) {
    expect(await runJson(MigrateGenerate, ...argv)).toMatchObject(refused);
  }
  expect(await runJson(MigrateSnapshot)).toMatchObject(refused);
  expect(await runJson(MigrateRestoreSchema, "1", "--yes")).toMatchObject(refused);
  expect(await readdir("migrations")).toEqual(["1_step.surql", "2_step.surql"]);
  expect(await runJson(MigrateSnapshot, "--version", "by_hand")).toMatchObject({ exitCode: 0 });
  await runCommand(MigrateRepair, "--abandon");
  expect(await runJson(MigrateGenerate, "change", "--dry-run")).toMatchObject({
    exitCode: 0,
    document: { up: [expect.stringContaining("DEFINE TABLE b")] },
  });
});

it("a database in which the first migration is half-way is not adopted", async () => {
  await runCommand(MigrateUp);
  expect(await runJson(MigrateBaseline, "--directory", "others", "--yes")).toMatchObject(refused);
});
