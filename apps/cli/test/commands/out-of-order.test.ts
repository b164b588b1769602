import { expect, it } from "vitest";
import MigrateUp from "../../src/commands/migrate/up.ts";
import { writeFile } from "node:fs/promises";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

/** 1 and 3 are applied, and then 2 arrives. */
async function arriveLate(): Promise<void> {
  await writeMigration("1", "DEFINE TABLE a;", "REMOVE TABLE a;");
  await writeMigration("3", "DEFINE TABLE c;", "REMOVE TABLE c;", "depends_on: [1]");
  await runJson(MigrateUp);
  await writeMigration("2", "DEFINE TABLE b;", "REMOVE TABLE b;", "depends_on: [1]");
}

it("applies what comes late, and says so, unless told", async () => {
  await arriveLate();
  const planned = await runJson(MigrateUp, "--dry-run");
  expect(planned.stderr).toContain("2 comes before 3");
  expect(planned.document).toMatchObject({ outOfOrder: [{ version: "2", applied: ["3"] }] });
  const run = await runJson(MigrateUp);
  expect(run).toMatchObject({
    exitCode: 0,
    document: { applied: ["2"], outOfOrder: [{ version: "2", applied: ["3"] }] },
    stderr: expect.stringContaining(
      "2 comes before 3, which is applied, and does not build on it.",
    ),
  });
  expect((await runJson(MigrateUp)).document).not.toHaveProperty("outOfOrder");
});

it("refuses it, and names both ways out", async () => {
  await arriveLate();
  const run = await runCommand(MigrateUp, "--out-of-order", "refuse");
  expect(run.exitCode).toBe(4);
  expect(run.stderr).toContain("EXECUTOR.OUT_OF_ORDER");
  expect(run.stderr).toContain("surql migrate up --out-of-order apply");
  await writeFile("surql.config.json", JSON.stringify({ outOfOrder: "refuse" }));
  expect((await runJson(MigrateUp, "--dry-run")).exitCode).toBe(4);
  const applied = await runJson(MigrateUp, "--out-of-order", "apply");
  expect(applied).toMatchObject({ document: { applied: ["2"] } });
  expect(applied.stderr).not.toContain("comes before");
});

it("has nothing to say of one that builds on all that is applied", async () => {
  await arriveLate();
  await writeMigration("2", "DEFINE TABLE b;", "REMOVE TABLE b;", "depends_on: [3]");
  expect((await runJson(MigrateUp, "--out-of-order", "refuse")).document).toMatchObject({
    applied: ["2"],
  });
});

it("knows no other rule", async () => {
  process.env["SURQL_OUT_OF_ORDER"] = "ignore";
  expect(await runJson(MigrateUp)).toMatchObject({
    exitCode: 2,
    document: { error: { code: "CONFIG.INVALID" } },
  });
});
