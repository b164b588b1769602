import { readdir, readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import MigrateCreate from "../../src/commands/migrate/create.ts";
import MigrateGraph from "../../src/commands/migrate/graph.ts";
import { writeMigration } from "../project.ts";
import { inEmptyFolder, runCommand, runJson } from "../run-command.ts";

inEmptyFolder();

it.each(["surql", "ts", "js"])("writes a %s migration that loads", async (type) => {
  const { document, exitCode } = await runJson(MigrateCreate, "add_bio", "--type", type);
  expect(exitCode).toBe(0);
  const [file] = await readdir("migrations");
  expect(file).toMatch(/^\d{8}_\d{6}_add_bio\./);
  expect(document).toMatchObject({
    version: file?.slice(0, 15),
    description: "Add bio",
    dependsOn: [],
    path: `${process.cwd()}/migrations/${file}`,
  });
  const graph = await runJson(MigrateGraph);
  expect(graph.document).toMatchObject({ heads: [file?.slice(0, 15)] });
});

it("names parents and describes", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  await writeMigration("2", "DEFINE TABLE b", "", "depends_on: [1]");
  await writeMigration("3", "DEFINE TABLE c", "", "depends_on: [1]");
  const argv = ["merge", "--depends-on", "2", "--depends-on", "3", "--description", "Both"];
  const run = await runJson(MigrateCreate, ...argv);
  expect(run.document).toMatchObject({ description: "Both", dependsOn: ["2", "3"] });
});

it("refuses a parent that does not exist, and writes nothing", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  const run = await runJson(MigrateCreate, "more", "--depends-on", "1", "--depends-on", "7");
  expect(run).toMatchObject({
    exitCode: 2,
    document: { error: { code: "CLI.INVALID_USAGE", message: expect.stringContaining("7") } },
  });
  expect(await readdir("migrations")).toEqual(["1_step.surql"]);
});

it("prints the path as it is seen from here", async () => {
  const { stdout } = await runCommand(MigrateCreate, "add bio", "-d", "db/migrations");
  expect(stdout).toMatch(/^created db\/migrations\/\d{8}_\d{6}_add_bio\.surql\n/);
  const [file] = await readdir("db/migrations");
  expect(await readFile(`db/migrations/${file}`, "utf8")).toContain("-- @down");
});

it("refuses a name that no file can have", async () => {
  const { document, exitCode } = await runJson(MigrateCreate, "…");
  expect(exitCode).toBe(2);
  expect(document).toMatchObject({ error: { code: "MIGRATION.INVALID_NAME" } });
  expect(await readdir(".")).toEqual([]);
});
