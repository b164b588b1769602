import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { writeMigration } from "../project.ts";
import { inEmptyFolder } from "../run-command.ts";
import { buildProgram, runProgram } from "./run-program.ts";

beforeAll(buildProgram, 240_000);
inEmptyFolder();

/** What takes long to import, and is imported by the commands that need it only. */
const heavy = [
  "@clack/prompts",
  "@surql/executor",
  "@surql/migration",
  "@surql/snapshot",
  "@surrealdb/node",
  "cli-table3",
  "jiti",
  "surrealdb",
  "valibot",
  "yaml",
];

async function importsOf(...argv: readonly string[]): Promise<readonly string[]> {
  const file = join(process.cwd(), "imports.txt");
  await rm(file, { force: true });
  const preload = join(import.meta.dirname, "record-imports.js");
  const env = { IMPORTS_FILE: file, NODE_OPTIONS: `--import ${preload}` };
  const run = await runProgram(argv, { env });
  expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  const modules = (await readFile(file, "utf8")).replaceAll("\\", "/");
  return heavy.filter((name) => {
    const folder = name.replace("@surql/", "/packages/");
    return modules.includes(name === folder ? `/node_modules/${name}/` : `${folder}/`);
  });
}

it.each([[["--version"]], [["--help"]], [["migrate", "up", "--help"]]])(
  "%j imports nothing that takes long",
  async (argv) => {
    expect(await importsOf(...argv)).toEqual([]);
  },
);

it("a command imports what it needs", async () => {
  await writeMigration("1", "DEFINE TABLE a");
  expect(await importsOf("migrate", "graph")).toEqual(["@surql/migration", "valibot"]);
  expect(await importsOf("migrate", "status")).toEqual([
    "@surql/migration",
    "@surrealdb/node",
    "cli-table3",
    "surrealdb",
    "valibot",
  ]);
});
