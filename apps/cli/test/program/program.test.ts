import { spawnSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "surql";
import { acquireLock } from "surql/history";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeMigration } from "../project.ts";
import { inEmptyFolder } from "../run-command.ts";
import { buildProgram, interrupt, runProgram, typeAtProgram } from "./run-program.ts";

beforeAll(buildProgram, 240_000);
inEmptyFolder();

const app = join(import.meta.dirname, "../..");

/** What a command that goes well prints. */
async function say(...argv: string[]): Promise<string> {
  const run = await runProgram(argv);
  expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  return run.stdout;
}

/** Rolls back in a terminal, typing an answer to the question. */
function rollback(
  target: string,
  type: string,
  ...flags: readonly string[]
): ReturnType<typeof typeAtProgram> {
  return typeAtProgram(
    ["migrate", "rollback", target, ...flags],
    [{ after: `oll back to ${target}`, type }],
  );
}

it("says its version", async () => {
  const run = await runProgram(["--version"]);
  expect(run).toMatchObject({ exitCode: 0, stderr: "" });
  expect(run.stdout).toMatch(/^@surql\/cli\/\d/);
});

it("does the whole workflow and ends at once each time", async () => {
  await say("init");
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE INDEX i ON a FIELDS x", "REMOVE INDEX i ON a");
  await say("migrate", "validate");
  await say("migrate", "up", "--auto-snapshot");
  expect(await say("migrate", "compare", "1", "2")).toContain("a.i");
  await say("migrate", "rollback", "base", "--force", "--yes");
  expect(JSON.parse(await say("migrate", "status", "--json"))).toMatchObject({ current: null });
});

/** A migration module with this as the body of `up`. */
async function writeModule(head: string, up: string): Promise<void> {
  await mkdir("migrations");
  await writeFile(
    "migrations/1_a.mjs",
    `${head}
    export const metadata = { version: "1", description: "a" };
    export async function up() { ${up} }
    export const down = () => [];`,
  );
}

it("keeps what modules print out of the document", async () => {
  await writeModule(`console.log("loading");`, `console.log("up"); return ["DEFINE TABLE a"];`);
  const run = await runProgram(["migrate", "up", "--json"]);
  expect(JSON.parse(run.stdout)).toMatchObject({ applied: ["1"] });
  expect(run.stderr).toContain("loading\nup\n");
});

it.each([
  ["ends the process", "process.exit(0)"],
  ["never comes to an end", "await new Promise(() => {})"],
])("says so when a module %s", async (_what, up) => {
  await writeModule("", up);
  const run = await runProgram(["migrate", "up", "--json"]);
  expect(run.exitCode).toBe(1);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "CLI.ENDED_EARLY" } });
});

it("prints long documents whole", async () => {
  const tables = Array.from({ length: 2000 }, (_, i) => `DEFINE TABLE t${i}`);
  await writeMigration("1", tables.join(";\n"));
  const { stdout } = await runProgram(["migrate", "up", "--dry-run", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ planned: [{ version: "1" }] });
});

describe("an unknown command", () => {
  it("is one document on stdout with --json", async () => {
    const run = await runProgram(["migrate", "nosuch", "--json"]);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toEqual({
      error: {
        code: "CLI.UNKNOWN_COMMAND",
        message: "There is no command `migrate nosuch`.",
        why: null,
        nextActions: ["Run `surql help` for a list of commands."],
        meta: {},
      },
    });
  });

  it("is not what has an argument too many", async () => {
    const run = await runProgram(["migrate", "repair", "7", "--done", "--json"]);
    expect(run.exitCode).toBe(2);
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: {
        code: "CLI.INVALID_USAGE",
        message: "Unexpected argument of migrate repair: 7",
        nextActions: ["Run `surql migrate repair --help`."],
      },
    });
  });

  it("is said on stderr without", async () => {
    const run = await runProgram(["nosuch"]);
    expect(run).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run.stderr).toContain("Error CLI.UNKNOWN_COMMAND: There is no command `nosuch`.");
  });
});

it("finds a store that another process holds locked", async () => {
  const url = "surrealkv://.surql/database";
  await using _held = await connect({ url, namespace: "development", database: "main" });
  const run = await runProgram(["db", "ping", "--json"]);
  expect(run.exitCode).toBe(5);
  expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "CONNECTION.STORE_LOCKED" } });
});

it("takes a command from a plugin, which has the connection of ours", async () => {
  await mkdir("plugin/commands", { recursive: true });
  await mkdir("plugin/node_modules/@surql", { recursive: true });
  await symlink(app, "plugin/node_modules/@surql/cli");
  await writeFile(
    "plugin/package.json",
    JSON.stringify({
      name: "surql-plugin-count",
      version: "1.0.0",
      type: "module",
      files: [],
      oclif: { commands: "./commands" },
    }),
  );
  await writeFile(
    "plugin/commands/count.js",
    `import { DatabaseCommand } from "@surql/cli";
    export default class Count extends DatabaseCommand {
      static summary = "Count the tables";
      async run() {
        const [info] = await (await this.database()).query("INFO FOR DB");
        const tables = Object.keys(info.tables).length;
        await this.show({ tables }, { table: () => tables + " tables" });
      }
    }`,
  );
  const env = { XDG_DATA_HOME: join(process.cwd(), "data") };
  const link = await runProgram(["plugins", "link", "plugin", "--no-install"], { env });
  expect(link, link.stderr).toMatchObject({ exitCode: 0 });
  const help = await runProgram(["help"], { env });
  expect(help.stdout).toContain("Count the tables");
  const run = await runProgram(["count", "--json", "--url", "mem://"], { env });
  expect(run).toMatchObject({ exitCode: 0, stdout: `{\n  "tables": 0\n}\n` });
});

describe.each(["SIGINT", "SIGTERM"] as const)("%s", (signal) => {
  it("ends a run with 130, leaves the database as it was and the lock free", async () => {
    await writeMigration("1", "DEFINE TABLE a;\nSLEEP 20s", "REMOVE TABLE a");
    // What is under way is waited for until a second Ctrl-C; whoever sends the other signal waits for a few seconds.
    const signals = signal === "SIGINT" ? [signal, signal] : [signal];
    const run = await interrupt(["migrate", "up", "--json"], signals);
    expect(run.exitCode).toBe(130);
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "CLI.INTERRUPTED" } });
    const status = await runProgram(["migrate", "status", "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ current: null });
    const unlock = await runProgram(["migrate", "unlock", "--json"]);
    expect(JSON.parse(unlock.stdout)).toEqual({ unlocked: false, lock: null });
  });
});

describe("Ctrl-C, once", () => {
  it("lets the transaction under way end, and says what is applied and what is not", async () => {
    await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
    await writeMigration("2", "SLEEP 5s; DEFINE TABLE b", "REMOVE TABLE b");
    await writeMigration("3", "DEFINE TABLE c", "REMOVE TABLE c");
    const run = await interrupt(["migrate", "up", "--json"]);
    expect(run).toMatchObject({ exitCode: 130, stderr: expect.stringContaining("Ctrl-C again") });
    expect(JSON.parse(run.stdout)).toMatchObject({
      error: {
        code: "EXECUTOR.INTERRUPTED",
        message: expect.stringContaining("Applied: 1, 2. Not applied: 3."),
        nextActions: expect.arrayContaining(["To go on: surql migrate up"]),
        meta: { done: ["1", "2"], left: ["3"] },
      },
    });
    const unlock = await runProgram(["migrate", "unlock", "--json"]);
    expect(JSON.parse(unlock.stdout)).toEqual({ unlocked: false, lock: null });
    const rest = await runProgram(["migrate", "up", "--json"]);
    expect(JSON.parse(rest.stdout)).toMatchObject({ applied: ["3"] });
  });

  it("stops a rollback behind the statement that runs, and the same command goes on", async () => {
    await writeMigration("1", "DEFINE TABLE a; CREATE a:1", "REMOVE TABLE a");
    // The rehearsal has no records, and does not sleep.
    const down = "IF (SELECT VALUE id FROM a) != [] { SLEEP 6s }; REMOVE TABLE b";
    await writeMigration("2", "DEFINE TABLE b", down, "transaction: none");
    await runProgram(["migrate", "up"]);
    const rollBack = ["migrate", "rollback", "1", "--force", "--yes", "--json"];
    const run = await interrupt(rollBack);
    expect(run.exitCode).toBe(130);
    expect(JSON.parse(run.stdout)).toMatchObject({
      rolledBack: [],
      partlyChanged: true,
      error: {
        code: "CLI.ROLLBACK_INTERRUPTED",
        message: expect.stringContaining("Not rolled back: 2."),
        nextActions: expect.arrayContaining(["To go on: surql migrate rollback 1"]),
      },
    });
    const rest = await runProgram(rollBack);
    expect(JSON.parse(rest.stdout)).toMatchObject({ rolledBack: ["2"], success: true });
  });
});

const hasScript = spawnSync("script", ["--version"]).stdout?.includes("util-linux");

describe.skipIf(!hasScript)("in a terminal", () => {
  beforeEach(async () => {
    await writeMigration("1", "DEFINE TABLE a; CREATE a:1", "REMOVE TABLE a");
    await writeMigration("2", "DEFINE TABLE b", "REMOVE TABLE b");
    await writeMigration("3", "DEFINE INDEX i ON b FIELDS x", "REMOVE INDEX i ON b");
    await runProgram(["migrate", "up"]);
  });

  it.each([
    ["yes\r", 0, "Rolled back"],
    ["y\r", 3, "CLI.DECLINED"],
    ["\u0003", 130, "CLI.INTERRUPTED"],
    ["\u0004", 130, "CLI.INTERRUPTED"],
  ])("a dangerous rollback wants the word yes: %j", async (type, exitCode, words) => {
    const run = await rollback("base", type);
    expect(run.exitCode, run.shown).toBe(exitCode);
    expect(run.shown).toContain("UNSAFE");
    expect(run.shown).toContain(words);
  });

  it.each([
    ["y", 0, "Rolled back"],
    ["n", 3, "CLI.DECLINED"],
  ])("a safe one asks once: %j", async (type, exitCode, words) => {
    const run = await rollback("2", type);
    expect(run.exitCode, run.shown).toBe(exitCode);
    expect(run.shown).toContain(words);
  });

  it.each([
    ["y", 0, "Took the lock from ada"],
    ["n", 3, "CLI.DECLINED"],
  ])("unlock shows the lock and asks once: %j", async (type, exitCode, words) => {
    const url = `surrealkv://${join(process.cwd(), ".surql/database")}`;
    const db = await connect({ url, namespace: "development", database: "main" });
    await acquireLock(db, { owner: "ada", runner: "ada", ttlMs: 60_000 });
    await db.close();
    const question = { after: "Take the lock away?", type };
    const run = await typeAtProgram(["migrate", "unlock"], [question]);
    expect(run.exitCode, run.shown).toBe(exitCode);
    expect(run.shown).toContain("ada holds the lock since");
    expect(run.shown).toContain(words);
  });

  it.each([["--force"], ["--yes"]])("a dangerous one still asks with %s alone", async (flag) => {
    expect(await rollback("base", "yes\r", flag)).toMatchObject({ exitCode: 0 });
  });
});
