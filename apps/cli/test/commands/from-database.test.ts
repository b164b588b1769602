import { rm, writeFile } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import MigratePlanRollback from "../../src/commands/migrate/plan-rollback.ts";
import MigrateRollback from "../../src/commands/migrate/rollback.ts";
import MigrateStatus from "../../src/commands/migrate/status.ts";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

let newest: string;
beforeEach(async () => {
  await writeMigration("1", "DEFINE TABLE a", "REMOVE TABLE a");
  newest = await writeMigration("2", "DEFINE TABLE b", "REMOVE TABLE b");
  await runCommand(MigrateUp);
});

it("an older build without the newest file is told how to go back, and goes back", async () => {
  await rm(newest);
  const refused = await runJson(MigrateRollback, "1", "--yes");
  expect(refused).toMatchObject({
    exitCode: 4,
    document: {
      error: {
        code: "HISTORY.FILE_MISSING",
        nextActions: expect.arrayContaining([expect.stringContaining("--from-database")]),
      },
    },
  });
  const done = await runJson(MigrateRollback, "1", "--from-database", "--force", "--yes");
  expect(done).toMatchObject({ exitCode: 0, document: { rolledBack: ["2"] } });
});

it("a machine without the repository sees where the database stands, plans and goes back", async () => {
  await rm("migrations", { recursive: true });
  expect((await runJson(MigrateStatus)).exitCode).toBe(2);
  expect((await runJson(MigrateStatus, "--from-database")).document).toMatchObject({
    current: "2",
    migrations: [{ state: "applied" }, { state: "applied" }],
  });
  const plan = await runJson(MigratePlanRollback, "base", "--from-database");
  expect(plan.document).toMatchObject({
    migrations: [{ statements: ["REMOVE TABLE b"] }, { statements: ["REMOVE TABLE a"] }],
  });
  const done = await runJson(MigrateRollback, "base", "--from-database", "--force", "--yes");
  expect(done).toMatchObject({ exitCode: 0, document: { rolledBack: ["2", "1"] } });
});

it("goes back by what was applied, although the file was edited since", async () => {
  await writeFile(newest, "-- @up\nDEFINE TABLE b;\n-- @down\nREMOVE TABLE a;\n");
  expect((await runJson(MigrateRollback, "1", "--yes")).document).toMatchObject({
    error: { code: "HISTORY.CHECKSUM_MISMATCH" },
  });
  const done = await runJson(MigrateRollback, "1", "--from-database", "--force", "--yes");
  expect(done).toMatchObject({
    exitCode: 0,
    document: { plan: { migrations: [{ statements: ["REMOVE TABLE b"] }] } },
  });
});
