import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import MigrateHash from "../../src/commands/migrate/hash.ts";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateSquash from "../../src/commands/migrate/squash.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateValidate from "../../src/commands/migrate/validate.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

async function writeChain(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE user SCHEMAFULL;", "REMOVE TABLE user;");
  await writeMigration("2", "DEFINE TABLE role;\nCREATE role:admin;", "REMOVE TABLE role;");
  await writeMigration("3", "DEFINE FIELD bio ON user TYPE option<string>;");
  await writeMigration("4", "DEFINE TABLE post;", "REMOVE TABLE post;", "depends_on: [3]");
}

it("writes one file in place of several, and puts one history row in place of theirs, each after asking", async () => {
  await writeChain();
  await runJson(MigrateUp);
  const before = await readdir("migrations");
  const asked = await runJson(MigrateSquash, "--to", "3");
  expect(asked).toMatchObject({
    exitCode: 3,
    document: { error: { code: "CLI.CONFIRMATION_REQUIRED" } },
  });
  const dry = await runJson(MigrateSquash, "--to", "3", "--dry-run");
  expect(dry).toMatchObject({ exitCode: 0, document: { replaces: ["1", "2", "3"], dryRun: true } });
  expect(await readdir("migrations")).toEqual(before);

  const { stdout } = await runCommand(MigrateSquash, "--to", "3", "--yes");
  expect(stdout).toContain("3 stands for 3 migrations: 1, 2, 3");
  expect(stdout).toContain("2_step.surql:6: CREATE role:admin");
  expect(stdout).toContain("surql migrate squash --apply");
  expect(await readdir("migrations")).toEqual([
    "3_squash_of_3_migrations.surql",
    "4_step.surql",
    "squashed",
    "surql.sum",
  ]);
  expect(await readdir("migrations/squashed")).toEqual([
    "1_step.surql",
    "2_step.surql",
    "3_step.surql",
  ]);
  expect(await readFile("migrations/3_squash_of_3_migrations.surql", "utf8")).toContain(
    "-- replaces: [1, 2, 3]\n",
  );
  expect((await runJson(MigrateValidate)).exitCode).toBe(0);

  for (const command of [MigrateUp, MigratePlanRollback]) {
    const args = command === MigrateUp ? [] : ["base"];
    expect(await runJson(command, ...args)).toMatchObject({
      exitCode: 4,
      document: { error: { code: "EXECUTOR.SQUASH_NOT_RECORDED" } },
    });
  }
  expect((await runCommand(MigrateStatus)).stderr).toContain("surql migrate squash --apply");
  expect((await runJson(MigrateStatus)).document).toMatchObject({
    squashes: [{ version: "3", applied: ["1", "2", "3"], missing: [] }],
  });
  expect(await runJson(MigrateSquash, "--apply")).toMatchObject({ exitCode: 3 });
  const recorded = [{ version: "3", replaced: ["1", "2", "3"], snapshots: [] }];
  expect((await runJson(MigrateSquash, "--apply", "--dry-run")).document).toMatchObject({
    recorded,
  });
  expect(await runJson(MigrateSquash, "--apply", "--yes")).toMatchObject({
    exitCode: 0,
    document: { recorded },
  });
  expect((await runJson(MigrateStatus)).document).toMatchObject({
    current: "4",
    migrations: [
      { version: "3", state: "applied" },
      { version: "4", state: "applied" },
    ],
  });
  expect((await runCommand(MigrateSquash, "--apply")).stdout).toContain(
    "No squash is to be recorded",
  );
  expect((await runJson(MigrateValidate)).exitCode).toBe(0);
  expect(await runJson(MigrateRollback, "base", "--force", "--yes")).toMatchObject({
    exitCode: 0,
    document: { rolledBack: ["4", "3"] },
  });
  expect((await runJson(MigrateUp)).document).toMatchObject({ applied: ["3", "4"] });
});

it("names the statements that cannot be kept, and writes nothing", async () => {
  await writeChain();
  await writeMigration("3", "UPDATE user SET n = 1;");
  const before = await readdir("migrations");
  const run = await runJson(MigrateSquash, "--to", "3", "--yes");
  expect(run).toMatchObject({
    exitCode: 3,
    document: {
      error: { code: "GENERATOR.SQUASH_DATA", why: expect.stringContaining("3_step.surql:5") },
    },
  });
  expect(await readdir("migrations")).toEqual(before);
  const told = await runJson(MigrateSquash, "--to", "3", "--yes", "--drop-data", "3_step.surql:5");
  expect(told).toMatchObject({ exitCode: 0, document: { dropped: [{ place: "3_step.surql:5" }] } });
});

it("records only what was applied from these files, and moves nothing over another file", async () => {
  await writeChain();
  await runJson(MigrateUp);
  await mkdir("migrations/squashed");
  await writeFile("migrations/squashed/2_step.surql", "mine");
  expect(await runJson(MigrateSquash, "--to", "3", "--yes")).toMatchObject({
    exitCode: 2,
    document: { error: { message: expect.stringContaining("2_step.surql") } },
  });
  expect(await readFile("migrations/squashed/2_step.surql", "utf8")).toBe("mine");
  await rm("migrations/squashed/2_step.surql");
  await runJson(MigrateSquash, "--to", "3", "--yes");
  const original = await readFile("migrations/squashed/1_step.surql", "utf8");
  await writeFile("migrations/squashed/1_step.surql", `${original}-- edited\n`);
  expect(await runJson(MigrateSquash, "--apply", "--yes")).toMatchObject({
    exitCode: 4,
    document: { error: { code: "HISTORY.CHECKSUM_MISMATCH" } },
  });
});

it("does not take in what was edited after it was sealed", async () => {
  await writeChain();
  await runJson(MigrateHash);
  await writeFile(
    "migrations/1_step.surql",
    (await readFile("migrations/1_step.surql", "utf8")) + "\n",
  );
  expect(await runJson(MigrateSquash, "--to", "3", "--yes")).toMatchObject({
    exitCode: 4,
    document: { error: { code: "MIGRATION.SUM_MISMATCH" } },
  });
});

it("shows no secret, and writes the one that stood there", async () => {
  await writeMigration("1", "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER;");
  await writeMigration("2", "DEFINE TABLE user;");
  const run = await runCommand(MigrateSquash, "--to", "2", "--yes", "--json");
  expect(run.stdout + run.stderr).not.toContain("hunter2");
  expect(await readFile("migrations/2_squash_of_2_migrations.surql", "utf8")).toContain("hunter2");
});

it.each([
  [[], "CLI.INVALID_USAGE"],
  [["--to", "9"], "GENERATOR.SQUASH_RANGE"],
  [["--to", "1"], "GENERATOR.SQUASH_RANGE"],
])("wrong use: %j", async (args, code) => {
  await writeChain();
  expect(await runJson(MigrateSquash, ...args)).toMatchObject({
    exitCode: 2,
    document: { error: { code } },
  });
});
