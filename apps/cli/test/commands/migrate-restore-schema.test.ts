import { connect } from "surql";
import { beforeEach, describe, expect, it } from "vitest";
import MigrateRestoreSchema from "../../src/commands/migrate/restore-schema.ts";
import MigrateSnapshot from "../../src/commands/migrate/snapshot.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import MigrateVerify from "../../src/commands/migrate/verify.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a SCHEMAFULL", "REMOVE TABLE a");
  await writeMigration("2", "DEFINE FIELD x ON a TYPE option<string>", "REMOVE FIELD x ON a");
  await runCommand(MigrateUp, "--auto-snapshot");
});

async function change(statement: string): Promise<void> {
  const url = "surrealkv://.surql/database";
  await using db = await connect({ url, namespace: "development", database: "main" });
  await db.query(statement);
}

describe("restore-schema", () => {
  it("is the way out of drift that verify names", async () => {
    await change("DEFINE FIELD y ON a; DEFINE EVENT e ON a THEN {}; REMOVE FIELD x ON a");
    expect((await runCommand(MigrateVerify)).stderr).toContain("surql migrate restore-schema 2");
    const dry = await runCommand(MigrateRestoreSchema, "2", "--dry-run");
    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toContain("REMOVE FIELD y ON a;");
    expect(dry.stdout).toContain("DEFINE FIELD x ON a TYPE none | string PERMISSIONS FULL;");
    expect((await runCommand(MigrateVerify)).exitCode).toBe(4);
    const done = await runJson(MigrateRestoreSchema, "2", "--force", "--yes");
    expect(done).toMatchObject({
      exitCode: 0,
      document: { version: "2", current: "2", success: true, gaps: [], remaining: [] },
    });
    expect((await runCommand(MigrateVerify)).exitCode).toBe(0);
    const again = await runCommand(MigrateRestoreSchema, "2");
    expect(again).toMatchObject({ exitCode: 0, stdout: "The schema is that of 2 already.\n" });
  });

  it("leaves what a rule of the configuration covers, and says so", async () => {
    await change("DEFINE TABLE tmp_a; CREATE tmp_a:1; DEFINE FIELD y ON a; DEFINE FIELD z ON a");
    await runCommand(MigrateVerify, "--ignore", "tmp_*", "--ignore", "a.y", "--reason", "Import");
    const dry = await runCommand(MigrateRestoreSchema, "2", "--dry-run");
    expect(dry.stdout).toContain("REMOVE FIELD z ON a;");
    expect(dry.stdout).not.toContain("REMOVE TABLE");
    expect(dry.stdout).toContain(
      "Left by rules of the configuration\n  - a.y (added), by a.y: Import\n  - tmp_a (added), by tmp_*: Import",
    );
    const done = await runJson(MigrateRestoreSchema, "2", "--force", "--yes");
    expect(done).toMatchObject({
      exitCode: 0,
      document: { success: true, ignored: [{ path: "a.y" }, { path: "tmp_a" }], remaining: [] },
    });
    const again = await runCommand(MigrateRestoreSchema, "2");
    expect(again.stdout).toContain("The schema is that of 2 already, but for what rules cover.\n");
  });

  it("wants an approval of what is lost, and says that the ledger stays", async () => {
    await change("CREATE a SET x = 'kept'");
    const refused = await runJson(MigrateRestoreSchema, "1", "--yes");
    expect(refused).toMatchObject({
      exitCode: 3,
      document: { error: { code: "CLI.CONFIRMATION_REQUIRED" } },
    });
    const done = await runCommand(MigrateRestoreSchema, "1", "--preserve", "--force", "--yes");
    expect(done.exitCode).toBe(0);
    expect(done.stdout).toContain("The ledger stays at 2");
    expect(await runJson(MigrateVerify)).toMatchObject({
      exitCode: 4,
      document: { from: "2", changes: [{ path: "a.x", change: "removed" }] },
    });
    expect(await runJson(MigrateVerify, "1")).toMatchObject({ exitCode: 0 });
  });

  it("names what no snapshot holds with its statement, and ends with 4", async () => {
    await change("DEFINE USER ann ON DATABASE PASSWORD 'hush' ROLES VIEWER");
    await runCommand(MigrateSnapshot, "-o", "with-user.json");
    await change("REMOVE USER ann ON DATABASE; REMOVE TABLE a");
    const run = await runJson(MigrateRestoreSchema, "with-user.json", "--yes");
    expect(run).toMatchObject({
      exitCode: 4,
      document: {
        success: true,
        gaps: [
          {
            path: "user ann",
            reason: "secret",
            statement: expect.stringContaining("PASSWORD '<secret>'"),
          },
        ],
        remaining: [],
        error: { code: "CLI.SCHEMA_INCOMPLETE", meta: { paths: ["user ann"] } },
      },
    });
    const text = await runCommand(MigrateRestoreSchema, "with-user.json", "--dry-run");
    expect(text.stdout).toContain("Left as it is\n  - user ann is not added; complete and run:");
    expect(run.stdout).not.toContain("hush");
  });

  it("goes by the migrations without a snapshot, and to base", async () => {
    await change("DELETE _schema_snapshot; DEFINE TABLE stray");
    const run = await runJson(MigrateRestoreSchema, "2", "--force", "--yes");
    expect(run).toMatchObject({ exitCode: 0, document: { source: { kind: "migrations" } } });
    const base = await runJson(MigrateRestoreSchema, "base", "--force", "--yes");
    expect(base).toMatchObject({ exitCode: 0, document: { version: "base", remaining: [] } });
    expect(await runJson(MigrateRestoreSchema, "7")).toMatchObject({
      exitCode: 2,
      document: { error: { code: "CLI.UNKNOWN_SNAPSHOT" } },
    });
  });
});
