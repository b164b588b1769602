import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import Init from "../src/commands/init.ts";
import MigrateBaseline from "../src/commands/migrate/baseline.ts";
import MigrateCompare from "../src/commands/migrate/compare.ts";
import MigrateCreate from "../src/commands/migrate/create.ts";
import MigrateGenerate from "../src/commands/migrate/generate.ts";
import MigrateRestore from "../src/commands/migrate/restore.ts";
import MigrateRestoreSchema from "../src/commands/migrate/restore-schema.ts";
import MigrateSnapshot from "../src/commands/migrate/snapshot.ts";
import MigrateStatus from "../src/commands/migrate/status.ts";
import MigrateUp from "../src/commands/migrate/up.ts";
import MigrateVerify from "../src/commands/migrate/verify.ts";
import { writeMigration } from "./project.ts";
import { inEmptyFolder, runCommand, runJson } from "./run-command.ts";

inEmptyFolder();

describe("a snapshot file that is none", () => {
  it.each([
    ["cut", '{ "format": 1, "ver', "SNAPSHOT.INVALID_FILE", 2],
    ["empty", "{}", "SNAPSHOT.INVALID_FILE", 2],
    ["of another time", '{ "format": 9 }', "SNAPSHOT.UNSUPPORTED_FORMAT", 2],
  ])("is named: one that is %s", async (_what, text, code, exitCode) => {
    await writeFile("snap.json", text);
    await writeMigration("1", "DEFINE TABLE a");
    for (const [command, argv] of [
      [MigrateVerify, ["snap.json"]],
      [MigrateRestoreSchema, ["snap.json"]],
      [MigrateCompare, ["base", "snap.json"]],
      [MigrateGenerate, ["x", "--to", "snap.json"]],
    ] as const) {
      const message = expect.stringMatching(/^snap\.json (?:is not a snapshot file|has format)/);
      const meta = expect.objectContaining(
        code === "SNAPSHOT.INVALID_FILE" ? { path: "snap.json" } : { format: 9 },
      );
      expect(await runJson(command, ...argv)).toMatchObject({
        exitCode,
        document: { error: { code, message, meta } },
      });
    }
  });

  it("is named when it was edited", async () => {
    await writeMigration("1", "DEFINE TABLE a SCHEMAFULL");
    await runCommand(MigrateUp);
    await runCommand(MigrateSnapshot, "-o", "snap.json");
    const text = await readFile("snap.json", "utf8");
    await writeFile("snap.json", text.replace("SCHEMAFULL", "SCHEMALESS"));
    expect(await runJson(MigrateVerify, "snap.json")).toMatchObject({
      exitCode: 4,
      document: {
        error: {
          code: "SNAPSHOT.CHECKSUM_MISMATCH",
          message: "The checksum of the snapshot 1 in snap.json is not that of its schema.",
        },
      },
    });
  });
});

it("a folder of definitions is read without what stands in it for others", async () => {
  const others = [join(".surql", "database"), join("node_modules", "x"), "old.surql"];
  for (const folder of others) await mkdir(folder, { recursive: true });
  await mkdir("migrations");
  await mkdir("schema");
  await writeFile(join(".surql", "x.surql"), "CREATE a");
  await writeFile(join("node_modules", "x", "x.surql"), "CREATE a");
  await writeFile(join("schema", "a.surql"), "DEFINE TABLE a SCHEMAFULL");
  const run = await runJson(MigrateGenerate, "first", "--to", ".", "--dry-run");
  expect(run).toMatchObject({
    exitCode: 0,
    document: { up: [expect.stringContaining("DEFINE TABLE a ")] },
  });
});

it("a configuration that is a list is refused", async () => {
  await writeFile("surql.config.json", "[]");
  expect(await runJson(MigrateStatus)).toMatchObject({
    exitCode: 2,
    document: {
      error: {
        code: "CONFIG.INVALID",
        message: expect.stringContaining("the configuration must be an object"),
      },
    },
  });
});

it("a flag that is wrong is told without the keys of a file", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  expect(await runJson(MigrateUp, "--lock-timeout", "soon")).toMatchObject({
    exitCode: 2,
    document: {
      error: {
        code: "CONFIG.INVALID",
        message: expect.stringMatching(/^The command line is not valid: --lock-timeout must be /),
        nextActions: ["Correct the flag; --help shows what each takes."],
      },
    },
  });
  await runCommand(MigrateUp, "--url", "surrealkv://db");
  const database = ["--url", "surrealkv://db"];
  await runCommand(MigrateRestoreSchema, "base", "--force", "--yes", ...database);
  const rule = ["--ignore", "a", "--reason", " "];
  const { stderr } = await runCommand(MigrateVerify, ...rule, ...database);
  expect(stderr).toContain("The command line is not valid: --reason must not be empty.");
});

it("a directory of migrations outside of the project is made where it is named", async () => {
  const outside = join(process.cwd(), "elsewhere");
  await mkdir("project");
  process.chdir("project");
  const run = await runJson(Init, "--directory", outside);
  expect(run).toMatchObject({
    exitCode: 0,
    document: { created: expect.arrayContaining([outside]) },
  });
  expect(await readdir(outside)).toEqual([]);
  await writeFile("file", "");
  expect(await runJson(Init, "--directory", "file")).toMatchObject({
    exitCode: 2,
    document: { error: { code: "CLI.FILE_UNWRITABLE" } },
  });
});

it("what the system says is said without the name of its class, of the file that was asked for", async () => {
  await writeFile("file", "");
  const created = await runJson(MigrateCreate, "x", "--directory", "file");
  expect(created).toMatchObject({
    exitCode: 2,
    document: {
      error: { code: "MIGRATION.WRITE_FAILED", why: expect.stringMatching(/^EEXIST: /) },
    },
  });
  expect(await runJson(MigrateRestore, "--to", join("file", "kept.jsonl"))).toMatchObject({
    exitCode: 2,
    document: { error: { message: `Cannot write ${join("file", "kept.jsonl")}.` } },
  });
});

it("an unknown version is told beside what is applied", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  const before = await runJson(MigrateVerify, "7");
  expect(before).toMatchObject({
    exitCode: 2,
    document: {
      error: {
        code: "CLI.UNKNOWN_SNAPSHOT",
        message: "7 is no applied version, no stored snapshot and no file.",
        nextActions: [expect.stringContaining("Nothing is applied here")],
      },
    },
  });
  await runCommand(MigrateUp);
  for (const command of [MigrateVerify, MigrateRestoreSchema]) {
    const { stderr } = await runCommand(command, "7");
    expect(stderr).toContain("or one of: 1.\n");
  }
});

it("an empty database holds nothing to adopt", async () => {
  await mkdir("migrations");
  expect(await runCommand(MigrateBaseline, "--yes")).toMatchObject({
    exitCode: 0,
    stdout: "The database holds nothing to adopt: begin with surql migrate create NAME\n",
  });
  expect(await readdir("migrations")).toEqual([]);
});

it("what can lose data says so where there is nobody to ask", async () => {
  await writeMigration("1", "DEFINE TABLE a; CREATE a");
  await runCommand(MigrateUp);
  expect(await runJson(MigrateRestoreSchema, "base", "--yes")).toMatchObject({
    exitCode: 3,
    document: {
      error: {
        code: "CLI.CONFIRMATION_REQUIRED",
        message:
          "Restoring the schema of base can lose data and needs an approval, and there is no terminal to ask in.",
        meta: { flags: ["--force", "--yes"] },
      },
    },
  });
});
