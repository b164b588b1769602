import { readFile, unlink, writeFile } from "node:fs/promises";
import { connect, discoverMigrations, executeMigration } from "surql";
import { beforeEach, describe, expect, it } from "vitest";
import MigrateSnapshot from "../../src/commands/migrate/snapshot.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateVerify from "../../src/commands/migrate/verify.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a SCHEMAFULL", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE option<string>", "REMOVE FIELD x ON a");
});

const database = {
  url: "surrealkv://.surql/database",
  namespace: "development",
  database: "main",
};

/** Changes the schema behind the tool's back. */
async function change(statement: string): Promise<void> {
  await using db = await connect(database);
  await db.query(statement);
}

async function rollBackAlone(version: string): Promise<void> {
  await using db = await connect(database);
  const migration = (await discoverMigrations("migrations")).find((one) => one.version === version);
  if (migration !== undefined) await executeMigration(db, migration, "down");
}

describe("drift", () => {
  it("is told down to the attribute, with three ways out, and exits with 4", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    const clean = await runJson(MigrateVerify);
    expect(clean).toMatchObject({ exitCode: 0, document: { identical: true, changes: [] } });
    await change(
      "DEFINE FIELD OVERWRITE x ON a TYPE option<int>; DEFINE TABLE b; DEFINE FIELD c ON b",
    );
    const drifted = await runJson(MigrateVerify);
    expect(drifted).toMatchObject({
      exitCode: 4,
      document: {
        from: "2",
        to: "live",
        identical: false,
        changes: [
          {
            path: "a.x",
            change: "modified",
            attributes: [{ attribute: "type", before: "option<string>", after: "option<int>" }],
          },
          { path: "b", change: "added" },
          { path: "b.c", change: "added" },
        ],
        ignored: [],
        source: { kind: "snapshot", engineVersion: expect.any(String) },
        error: {
          code: "CLI.DRIFT",
          nextActions: [
            "Make the database as recorded: surql migrate restore-schema 2",
            "Record the change as a migration: surql migrate generate record_drift",
            "Ignore it, by a rule in the configuration: surql migrate verify --ignore a.x --ignore b --reason 'WHY'",
          ],
        },
      },
    });
    const text = await runCommand(MigrateVerify, "2");
    expect(text.stdout).toContain("2 is known from its stored snapshot");
    expect(text.stdout).toContain("~ a.x: type option<string> → option<int>");
    expect(text.stderr).toContain("surql migrate restore-schema 2");
  });

  it("from base is recorded by adopting it", async () => {
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 0,
      document: { from: "base", identical: true, source: { kind: "base" } },
    });
    await change("DEFINE TABLE stray");
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 4,
      document: {
        changes: [{ path: "stray" }],
        error: {
          nextActions: [/restore-schema base/, /migrate baseline/, /--ignore stray/].map((one) =>
            expect.stringMatching(one),
          ),
        },
      },
    });
  });

  it("from an older version is not offered to be recorded", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    const { document } = await runJson(MigrateVerify, "1");
    const { nextActions } = (document as { error: { nextActions: readonly string[] } }).error;
    expect(nextActions).toEqual([
      expect.stringContaining("restore-schema 1"),
      expect.stringContaining("migrate verify 1 --ignore a.x"),
    ]);
  });

  it("is told apart from what a half-way migration has done", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    await writeMigration("3", "DEFINE FIELD z ON a; THROW 'stop'", "", "transaction: none");
    await runCommand(MigrateUp);
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 4,
      document: {
        changes: [{ path: "a.z" }],
        error: {
          why: "A migration that is half-way has changed it: 3.",
          nextActions: [
            "First go on with what is half-way, or give it up: surql migrate status",
            expect.stringContaining("restore-schema 2"),
            expect.stringContaining("generate"),
            expect.stringContaining("--ignore a.z"),
          ],
        },
      },
    });
  });

  it("is looked for in a snapshot file", async () => {
    await runCommand(MigrateUp);
    await runCommand(MigrateSnapshot, "-o", "now.json");
    expect(await runJson(MigrateVerify, "now.json")).toMatchObject({
      exitCode: 0,
      document: { from: "now.json", source: { kind: "file" } },
    });
  });
});

describe("without a snapshot", () => {
  it("goes by the migrations, and says so", async () => {
    await runCommand(MigrateUp);
    const clean = await runJson(MigrateVerify);
    expect(clean).toMatchObject({
      exitCode: 0,
      document: { from: "2", source: { kind: "migrations", why: "there is no snapshot of 2" } },
    });
    await change("DEFINE FIELD y ON a TYPE int");
    const drifted = await runCommand(MigrateVerify);
    expect(drifted.exitCode).toBe(4);
    expect(drifted.stdout).toContain("2 is known from its migrations, run in a scratch engine");
    expect(drifted.stdout).toContain("+ a.y");
    // Of a file that is gone or edited, the ledger has what was applied.
    await unlink("migrations/1_step.surql");
    await writeMigration("2", "DEFINE FIELD z ON a", "REMOVE FIELD z ON a");
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 4,
      document: { changes: [{ path: "a.y" }] },
    });
  });

  it("goes by the migrations where the snapshot shows a branch that was rolled back", async () => {
    await writeMigration("3", "DEFINE FIELD y ON a", "REMOVE FIELD y ON a", "depends_on: [1]");
    await runCommand(MigrateUp, "--auto-snapshot");
    await rollBackAlone("2");
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 0,
      document: {
        identical: true,
        source: {
          kind: "migrations",
          why: "its snapshot was taken with 3 migrations applied, now 2 are",
        },
      },
    });
  });

  it("says what to do where a secret is missing", async () => {
    await writeMigration(
      "3",
      "DEFINE USER u ON DATABASE PASSWORD 'hush' ROLES VIEWER",
      "REMOVE USER u ON DATABASE",
    );
    await runCommand(MigrateUp);
    // The file has it.
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 0,
      document: { identical: true },
    });
    await unlink("migrations/3_step.surql");
    const run = await runJson(MigrateVerify);
    expect(run).toMatchObject({
      exitCode: 4,
      document: {
        error: {
          code: "EXECUTOR.SCHEMA_NOT_RECORDED",
          why: expect.stringContaining("lacks a secret"),
          meta: { version: "3", reason: "EXECUTOR.SECRET_WITHHELD" },
        },
      },
    });
    expect(run.stdout).not.toContain("hush");
  });

  it("refuses a version that nobody knows", async () => {
    expect(await runJson(MigrateVerify, "7")).toMatchObject({
      exitCode: 2,
      document: { error: { code: "CLI.UNKNOWN_SNAPSHOT" } },
    });
  });
});

describe("--ignore", () => {
  beforeEach(async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    await change(
      "DEFINE FIELD tmp_1 ON a; DEFINE FIELD tmp_2 ON a TYPE object; DEFINE FIELD tmp_2.y ON a",
    );
  });
  const ignored = [{ path: "a.tmp_1" }, { path: "a.tmp_2" }, { path: "a.tmp_2.y" }].map((one) => ({
    ...one,
    rule: "a.tmp_*",
    reason: "Of the import",
  }));
  const ignore = ["--ignore", "a.tmp_*", "--reason", "Of the import"];

  it.each([
    [
      "surql.config.json",
      '{\n    "directory": "migrations"\n}\n',
      /^\{\n {4}"directory": "migrations",\n {4}"drift": \{/,
    ],
    [
      "surql.config.yaml",
      "# ours\ndirectory: migrations\n",
      /^# ours\ndirectory: migrations\ndrift:\n {2}ignore:\n {4}- path: a\.tmp_\*\n/,
    ],
    ["surql.config.yaml", "", /^drift:/],
    [
      "package.json",
      '{ "name": "x", "surql": { "drift": { "ignore": [] } } }',
      /"name": "x",\n {2}"surql": \{/,
    ],
    ["surql.config.json", undefined, /^\{\n {2}"drift": /],
  ])("writes the rule to %s", async (file, text, expected) => {
    if (text !== undefined) await writeFile(file, text);
    const run = await runJson(MigrateVerify, ...ignore);
    expect(run).toMatchObject({ exitCode: 0, document: { identical: true, changes: [], ignored } });
    expect(run.stderr).toContain(file);
    expect(await readFile(file, "utf8")).toMatch(expected);
    // It is there for every run, and never silent.
    const again = await runCommand(MigrateVerify);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain("Ignored: 3 changes");
    expect(again.stdout).toContain("a.tmp_1 (added), by a.tmp_*: Of the import");
    await change("DEFINE FIELD other ON a");
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 4,
      document: { changes: [{ path: "a.other" }], ignored },
    });
  });

  it("says which lines to add to a program", async () => {
    const text = 'export default { directory: "migrations" };\n';
    await writeFile("surql.config.mjs", text);
    expect(await runJson(MigrateVerify, ...ignore)).toMatchObject({
      exitCode: 2,
      document: {
        error: {
          code: "CONFIG.NOT_EDITABLE",
          nextActions: [expect.stringContaining('{ path: "a.tmp_*", reason: "Of the import" },')],
        },
      },
    });
    expect(await readFile("surql.config.mjs", "utf8")).toBe(text);
  });

  it.each([
    [["--ignore", "a.nothing_*", "--reason", "x"], "CLI.INVALID_USAGE"],
    [["--ignore", "a.tmp_*"], "CLI.INVALID_USAGE"],
    [["--ignore", "a.tmp_*", "--reason", " "], "CONFIG.INVALID"],
  ])("refuses %j, and writes nothing", async (flags, code) => {
    expect(await runJson(MigrateVerify, ...flags)).toMatchObject({
      exitCode: 2,
      document: { error: { code } },
    });
    await expect(readFile("surql.config.json")).rejects.toThrow("ENOENT");
  });

  it.each([
    [{ path: "a.", reason: "x" }, "drift.ignore.0.path is not the path of an object"],
    [{ path: "a" }, "drift.ignore.0.reason is missing"],
    [{ path: "a", reason: "x", change: "gone" }, "drift.ignore.0.change must be one of"],
    [{ path: "a", reason: "x", why: "x" }, "drift.ignore.0.why is not a key of a rule"],
  ])("validates %j", async (rule, message) => {
    await writeFile("surql.config.json", JSON.stringify({ drift: { ignore: [rule] } }));
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 2,
      document: { error: { code: "CONFIG.INVALID", message: expect.stringContaining(message) } },
    });
  });
});
