import { readFile, writeFile } from "node:fs/promises";
import { beforeEach, describe, expect, it } from "vitest";
import MigrateCompare from "../../src/commands/migrate/compare.ts";
import MigrateListSnapshots from "../../src/commands/migrate/list-snapshots.ts";
import MigratePruneSnapshots from "../../src/commands/migrate/prune-snapshots.ts";
import MigrateSnapshot from "../../src/commands/migrate/snapshot.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateVerify from "../../src/commands/migrate/verify.ts";
import { connect } from "surql";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a SCHEMAFULL", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE option<string>", "REMOVE FIELD x ON a");
});

/** Changes the schema behind the tool's back. */
async function change(statement: string): Promise<void> {
  const url = "surrealkv://.surql/database";
  await using db = await connect({ url, namespace: "development", database: "main" });
  await db.query(statement);
}

describe("snapshot", () => {
  it("stores the schema under the current version, and writes it to a file", async () => {
    await runCommand(MigrateUp);
    const { document } = await runJson(MigrateSnapshot, "--output", "snapshots/now.json");
    expect(document).toMatchObject({ version: "2", tables: 1, migrations: 2 });
    const list = await runJson(MigrateListSnapshots);
    const { checksum } = document as { checksum: string };
    expect(list.document).toEqual([
      { version: "2", createdAt: expect.any(String), tables: 1, migrations: 2, checksum },
    ]);
    const file: unknown = JSON.parse(await readFile("snapshots/now.json", "utf8"));
    expect(file).toMatchObject({ format: 1, version: "2", checksum });
  });

  it("may have a name of its own", async () => {
    await runCommand(MigrateSnapshot, "--version", "before release");
    const { stdout } = await runCommand(MigrateListSnapshots);
    expect(stdout).toMatch(/^VERSION .*\nbefore release /);
  });

  it("needs one when nothing is applied", async () => {
    const run = await runJson(MigrateSnapshot);
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({
      error: {
        code: "CLI.INVALID_USAGE",
        nextActions: ["Name it: surql migrate snapshot --version NAME"],
      },
    });
  });

  it("is not stored when its file cannot be written", async () => {
    await runCommand(MigrateUp);
    const run = await runJson(MigrateSnapshot, "--output", "migrations");
    expect(run).toMatchObject({
      exitCode: 2,
      document: { error: { code: "CLI.FILE_UNWRITABLE" } },
    });
    expect((await runJson(MigrateListSnapshots)).document).toEqual([]);
  });
});

describe("compare", () => {
  it("writes SurrealQL that can be run, and says what no statement can do", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    await change(
      "DEFINE FIELD y ON a TYPE int; DEFINE ACCESS t ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'k'",
    );
    const there = await runCommand(MigrateCompare, "2", "live", "--format", "sql");
    expect(there.stdout).toBe(
      "DEFINE FIELD y ON a TYPE int PERMISSIONS FULL;\n" +
        "-- access t is not added: its secret is in no snapshot; put it in and run:\n" +
        "-- DEFINE ACCESS t ON DATABASE TYPE JWT ALGORITHM HS512 KEY '<secret>' WITH ISSUER KEY '<secret>' DURATION FOR TOKEN 1h, FOR SESSION NONE;\n",
    );
    const back = await runCommand(MigrateCompare, "live", "2", "--format", "sql");
    await change(back.stdout);
    expect((await runCommand(MigrateVerify)).exitCode).toBe(0);
  });

  it("writes SurrealQL as it is, whatever its names and texts hold", async () => {
    await change(
      "DEFINE PARAM $steer VALUE 'a\u0001\u0007b\\r\u0085'; DEFINE TABLE `x\u0001\n\u0008y`",
    );
    const { stdout } = await runCommand(MigrateCompare, "base", "live", "--format", "sql");
    await runCommand(MigrateSnapshot, "--version", "then");
    await change("REMOVE PARAM $steer; REMOVE TABLE `x\u0001\n\u0008y`");
    await change(stdout);
    const { document } = await runJson(MigrateCompare, "then", "live");
    expect(document).toMatchObject({ changes: [] });
  });

  it("says what differs between two versions", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    const { document } = await runJson(MigrateCompare, "1", "2");
    expect(document).toEqual({
      from: "1",
      to: "2",
      identical: false,
      changes: [
        expect.objectContaining({
          change: "added",
          kind: "field",
          table: "a",
          name: "x",
          path: "a.x",
        }),
      ],
    });
    const { stdout } = await runCommand(MigrateCompare, "1", "2");
    expect(stdout).toMatch(/^From 1 to 2: 1 change\n\+ a\.x/);
  });

  it("takes files and the database as it is", async () => {
    await runCommand(MigrateUp);
    await runCommand(MigrateSnapshot, "-o", "now.json");
    const { stdout, stderr } = await runCommand(MigrateCompare, "now.json", "./now.json");
    expect(stdout).toBe("2 and 2 are identical.\n");
    expect(stderr).toBe("");
    await change("DEFINE TABLE b");
    const { document } = await runJson(MigrateCompare, "now.json", "live");
    expect(document).toMatchObject({ identical: false, changes: [{ path: "b", change: "added" }] });
  });

  it("knows base, the schema of an empty database", async () => {
    const empty = await runJson(MigrateCompare, "base", "live");
    expect(empty.document).toEqual({ from: "base", to: "live", identical: true, changes: [] });
    await runCommand(MigrateUp);
    const { document } = await runJson(MigrateCompare, "base", "live");
    expect(document).toMatchObject({ changes: [{ path: "a", change: "added" }, { path: "a.x" }] });
  });

  it.each([
    ["nothing", undefined, "CLI.UNKNOWN_SNAPSHOT"],
    ["no snapshot", "{}", "SNAPSHOT.INVALID_FILE"],
    ["another format", `{"format":7}`, "SNAPSHOT.UNSUPPORTED_FORMAT"],
  ])("refuses %s", async (_what, text, code) => {
    if (text !== undefined) await writeFile("x.json", text);
    const run = await runJson(MigrateCompare, "x.json", "live");
    expect(run.exitCode).toBe(2);
    expect(run.document).toMatchObject({ error: { code } });
  });
});

describe("prune-snapshots", () => {
  it("keeps the newest", async () => {
    await runCommand(MigrateUp, "--auto-snapshot");
    const { document } = await runJson(MigratePruneSnapshots, "--keep", "1");
    expect(document).toEqual({ deleted: ["1"] });
    const young = await runCommand(MigratePruneSnapshots, "--older-than", "30d");
    expect(young.stdout).toBe("No snapshot was deleted.\n");
  });

  it.each([[[]], [["--keep", "-1"]], [["--older-than", "soon"]], [["--older-than", "30"]]])(
    "refuses %j",
    async (flags) => {
      const run = await runJson(MigratePruneSnapshots, ...flags);
      expect(run.exitCode).toBe(2);
      expect(run.document).toMatchObject({ error: { code: "CLI.INVALID_USAGE" } });
      expect(run.stdout).not.toMatch(/Parsing|See more help/);
    },
  );
});
