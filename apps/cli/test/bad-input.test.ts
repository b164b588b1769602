import { chmod, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "surql";
import { beforeEach, describe, expect, it } from "vitest";
import DbPing from "../src/commands/db/ping.ts";
import MigrateHistory from "../src/commands/migrate/history.ts";
import MigrateListSnapshots from "../src/commands/migrate/list-snapshots.ts";
import MigrateRollback from "../src/commands/migrate/rollback.ts";
import MigrateStatus from "../src/commands/migrate/status.ts";
import MigrateUp from "../src/commands/migrate/up.ts";
import MigrateValidate from "../src/commands/migrate/validate.ts";
import { writeMigration } from "./project.ts";
import { inEmptyFolder, runCommand, runJson } from "./run-command.ts";
import type { Runnable } from "./run-command.ts";

inEmptyFolder();

/** Something wrong, the command that meets it, and what has to be said. */
interface Case {
  readonly what: string;
  readonly command: Runnable;
  readonly argv?: readonly string[];
  readonly prepare?: () => Promise<unknown>;
  readonly code: string;
  readonly exitCode: number;
  /** Words that must be in the message, its reason or its next actions. */
  readonly says?: string;
}

const connection: readonly Case[] = [
  {
    what: "an unknown URL scheme",
    command: DbPing,
    argv: ["--url", "postgres://ada:hunter2@localhost/x"],
    code: "CONNECTION.UNKNOWN_SCHEME",
    exitCode: 2,
  },
  {
    what: "no URL at all",
    command: DbPing,
    argv: ["--url", "localhost"],
    code: "CONNECTION.BAD_URL",
    exitCode: 2,
  },
  {
    what: "an unreachable server",
    command: DbPing,
    argv: ["--url", "ws://127.0.0.1:1", "--username", "ada", "--password", "hunter2"],
    code: "CONNECTION.UNREACHABLE",
    exitCode: 1,
  },
  {
    what: "a user without a password",
    command: DbPing,
    argv: ["--url", "mem://", "--username", "ada"],
    code: "CONFIG.INVALID_CREDENTIALS",
    exitCode: 2,
    says: "SURQL_PASSWORD",
  },
  {
    what: "an empty flag",
    command: DbPing,
    argv: ["--url", ""],
    code: "CONFIG.INVALID",
    exitCode: 2,
    says: "--url",
  },
  {
    what: "an unknown flag that holds a password",
    command: DbPing,
    argv: ["--pasword=hunter2"],
    code: "CLI.INVALID_USAGE",
    exitCode: 2,
    says: "--pasword",
  },
  {
    what: "an unexpected argument",
    command: MigrateStatus,
    argv: ["now"],
    code: "CLI.INVALID_USAGE",
    exitCode: 2,
    says: "now",
  },
  {
    what: "a missing argument",
    command: MigrateRollback,
    code: "CLI.INVALID_USAGE",
    exitCode: 2,
    says: "version",
  },
  {
    what: "an unknown format",
    command: MigrateStatus,
    argv: ["--format", "xml"],
    code: "CLI.INVALID_USAGE",
    exitCode: 2,
    says: "table, json",
  },
];

const configuration: readonly Case[] = [
  {
    what: "a folder in the place of the configuration file",
    command: MigrateStatus,
    prepare: () => mkdir("surql.config.json"),
    code: "CONFIG.UNREADABLE",
    exitCode: 2,
    says: "surql.config",
  },
];

const counts: readonly Case[] = ["0", "-1", "1.5", "many"].map((count) => ({
  what: `--steps ${count}`,
  command: MigrateUp,
  argv: ["--steps", count],
  code: "CLI.INVALID_USAGE",
  exitCode: 2,
  says: "--steps",
}));

const files: readonly Case[] = [
  {
    what: "no migration directory",
    command: MigrateUp,
    code: "MIGRATION.DIRECTORY_NOT_FOUND",
    exitCode: 2,
    says: "surql init",
  },
  {
    what: "a file in the place of the directory",
    command: MigrateUp,
    prepare: () => writeFile("migrations", ""),
    code: "MIGRATION.DIRECTORY_UNREADABLE",
    exitCode: 2,
  },
  {
    what: "two files of one version",
    command: MigrateUp,
    prepare: async () => {
      await writeMigration("1", "DEFINE TABLE a");
      await writeFile("migrations/1_other.surql", "-- @up\nDEFINE TABLE b\n-- @down\n");
    },
    code: "MIGRATION.DUPLICATE_VERSION",
    exitCode: 2,
    says: "1_other.surql",
  },
  {
    what: "a name and metadata that disagree",
    command: MigrateUp,
    prepare: async () => {
      await mkdir("migrations");
      await writeFile("migrations/1_a.surql", "-- @metadata\n-- version: 2\n-- @up\n-- @down\n");
    },
    code: "MIGRATION.VERSION_MISMATCH",
    exitCode: 2,
    says: "1_a.surql",
  },
  {
    what: "broken UTF-8",
    command: MigrateUp,
    prepare: async () => {
      await mkdir("migrations");
      await writeFile("migrations/1_a.surql", Buffer.from([0x2d, 0x2d, 0x20, 0xff, 0xfe]));
    },
    code: "MIGRATION.INVALID_ENCODING",
    exitCode: 2,
    says: "UTF-8",
  },
  {
    what: "a module that throws",
    command: MigrateUp,
    prepare: async () => {
      await mkdir("migrations");
      await writeFile("migrations/1_a.mjs", "throw new Error('not today')");
    },
    code: "MIGRATION.MODULE_FAILED",
    exitCode: 2,
    says: "not today",
  },
  {
    what: "a cycle",
    command: MigrateUp,
    prepare: async () => {
      await writeMigration("1", "DEFINE TABLE a", "", "depends_on: [2]");
      await writeMigration("2", "DEFINE TABLE b", "", "depends_on: [1]");
    },
    code: "MIGRATION.CYCLE",
    exitCode: 2,
    says: "1_step.surql",
  },
  {
    what: "several problems at once",
    command: MigrateValidate,
    prepare: async () => {
      await writeMigration("1", "DEFINE TABLE a", "", "depends_on: [0]");
      await writeMigration("2", "DEFINE TABLE 'a");
    },
    code: "MIGRATION.INVALID",
    exitCode: 2,
    says: "2 problems",
  },
  ...[MigrateUp, MigrateValidate].map((command) => ({
    what: "a statement that does not parse",
    command,
    prepare: () => writeMigration("1", "DEFINE TABLE a;\n  DEFINE FEILD x ON a"),
    code: "SAFETY.INVALID_STATEMENT",
    exitCode: 2,
    says: "line 6, column",
  })),
  ...[MigrateUp, MigrateValidate].map((command) => ({
    what: "a forbidden statement",
    command,
    prepare: () => writeMigration("1", "REMOVE DATABASE main"),
    code: "SAFETY.FORBIDDEN_STATEMENT",
    exitCode: 2,
    says: "line 5",
  })),
];

describe.each([...connection, ...configuration, ...counts, ...files])(
  "$what",
  ({ command, argv = [], prepare, code, exitCode, says = "" }) => {
    beforeEach(async () => void (await prepare?.()));

    it(`is ${code}, exits with ${exitCode} and writes nothing`, async () => {
      const before = await readdir(".");
      const run = await runJson(command, ...argv);
      expect(run).toMatchObject({ exitCode, document: { error: { code } } });
      expect(run.stdout).toContain(JSON.stringify(says).slice(1, -1));
      expect(run.stdout + run.stderr).not.toMatch(/hunter2|\n\s+at /);
      expect((await readdir(".")).filter((name) => name !== ".surql")).toEqual(before);
    });

    it("is said in words on stderr, and stdout stays empty", async () => {
      const run = await runCommand(command, ...argv);
      expect(run).toMatchObject({ exitCode, stdout: "" });
      expect(run.stderr).toContain(`Error ${code}: `);
      expect(run.stderr).toContain(says);
      expect(run.stderr).not.toMatch(/hunter2|\n\s+at /);
    });
  },
);

it.each([MigrateUp, MigrateValidate])("an empty directory of migrations: %o", async (command) => {
  await mkdir("migrations");
  const run = await runJson(command);
  expect(run).toMatchObject({
    exitCode: 2,
    document: {
      error: {
        code: "CLI.NO_MIGRATIONS",
        nextActions: [expect.stringContaining("surql migrate create NAME"), expect.any(String)],
      },
    },
  });
  expect(await readdir(".")).toEqual(["migrations"]);
});

it("an empty directory of migrations has a status", async () => {
  await mkdir("migrations");
  const run = await runJson(MigrateStatus);
  expect(run).toMatchObject({ exitCode: 0, document: { current: null, migrations: [] } });
});

describe("the database", () => {
  const embedded = {
    url: "surrealkv://.surql/database",
    namespace: "development",
    database: "main",
  };

  it("with a corrupt history row is not touched", async () => {
    await writeMigration("1", "DEFINE TABLE a");
    const db = await connect(embedded);
    await db.query("CREATE _migration_history:x SET version = 1");
    await db.close();
    for (const command of [MigrateStatus, MigrateUp, MigrateHistory]) {
      expect(await runJson(command)).toMatchObject({
        exitCode: 4,
        document: { error: { code: "HISTORY.CORRUPT_ROW" } },
      });
    }
  });

  it("with a corrupt snapshot row says which", async () => {
    const db = await connect(embedded);
    await db.query("CREATE _schema_snapshot:x SET version = 'x'");
    await db.close();
    expect(await runJson(MigrateListSnapshots)).toMatchObject({
      exitCode: 4,
      document: {
        error: {
          code: "SNAPSHOT.CORRUPT",
          message: expect.stringContaining("_schema_snapshot:x"),
        },
      },
    });
  });

  it("under odd names works like any other", async () => {
    const argv = ["--url", "mem://", "--namespace", "a.b `c` ⟨d⟩ 'e'", "--database", "select 🦀"];
    const run = await runJson(DbPing, ...argv);
    expect(run).toMatchObject({
      exitCode: 0,
      document: { namespace: "a.b `c` ⟨d⟩ 'e'", database: "select 🦀" },
    });
  });
});

it.skipIf(process.getuid?.() === 0)(
  "a directory that may not be read is said to be so",
  async () => {
    await mkdir("migrations");
    await chmod("migrations", 0);
    const run = await runJson(MigrateUp);
    await rm("migrations", { recursive: true });
    expect(run).toMatchObject({
      exitCode: 2,
      document: { error: { code: "MIGRATION.DIRECTORY_UNREADABLE" } },
    });
  },
);
