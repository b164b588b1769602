import { mkdtemp, readdir, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyMigrations,
  connect,
  createRollbackPlan,
  createSnapshot,
  discoverMigrations,
  executeRollback,
  importRecords,
  splitStatements,
} from "surql";
import type { Database } from "surql";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { placeOf, type Example } from "./example.ts";
import { findExamples } from "./find-examples.ts";
import { buildSurql, runSurql } from "./run-program.ts";
import { writeShop } from "./shop.ts";

const folder = await realpath(await mkdtemp(join(tmpdir(), "surql-formats-")));
const { pages } = await findExamples();
beforeAll(buildSurql, 240_000);
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

const queries = pages.filter(({ language }) => language === "surql" || language === "sql");
const modules = pages.filter(({ text }) => text.startsWith("export const metadata"));
const files = [...queries.filter(({ text }) => text.startsWith("-- @metadata")), ...modules];
const json = pages.filter(({ language }) => language === "json");
const records = json.filter(({ text }) => text.startsWith('{"kind"'));

function named(examples: readonly Example[]) {
  return examples.map((example) => [placeOf(example), example] as const);
}

async function open(): Promise<Database> {
  const db = await connect({ url: "mem://", namespace: "shop", database: "main" });
  onTestFinished(() => db.close());
  return db;
}

it.each(named(queries))(
  "%s is SurrealQL, for the engine and for ours",
  async (_place, { text }) => {
    const db = await open();
    const tried = db.query(`BEGIN; THROW 'stop';\n${text}\n;CANCEL;`);
    await expect(tried).rejects.toMatchObject({
      meta: { reason: expect.stringContaining("stop") },
    });
    expect(splitStatements(text).map((one) => one.text)).not.toEqual([]);
  },
);

it.each(named(files))(
  "%s is a migration that is applied and rolled back",
  async (_place, example) => {
    const db = await open();
    const project = await mkdtemp(join(folder, "migration-"));
    await writeShop(project);
    const directory = join(project, "migrations");
    for (const file of await readdir(directory)) {
      if (file.startsWith("20260109")) await rm(join(directory, file));
    }
    await applyMigrations(db, await discoverMigrations(directory));
    const before = await createSnapshot(db, { version: "before" });
    const ending = example.language === "ts" ? "ts" : "surql";
    await writeFile(join(directory, `20260109_120000_shown.${ending}`), `${example.text}\n`);
    const migrations = await discoverMigrations(directory);
    expect(await applyMigrations(db, migrations)).toMatchObject({ applied: ["20260109_120000"] });
    expect(
      (await createSnapshot(db, { version: "after" })).tables["user"]?.fields["bio"],
    ).toBeDefined();
    const plan = await createRollbackPlan(db, migrations, "20260108_120000");
    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    expect((await createSnapshot(db, { version: "again" })).checksum).toBe(before.checksum);
  },
);

it.each(named(records))("%s is what a restore takes", async (_place, { text }) => {
  const db = await open();
  const imported = importRecords(db, [{ name: "shown.jsonl", lines: text.split("\n") }]);
  await expect(imported).resolves.toEqual(expect.any(String));
});

it.each(named(json.filter((one) => !records.includes(one))))(
  "%s is a configuration",
  async (_place, { text }) => {
    const project = await mkdtemp(join(folder, "configured-"));
    await writeShop(project);
    await writeFile(join(project, "surql.config.json"), text);
    const { exitCode, output } = await runSurql(["migrate", "validate"], project);
    expect(exitCode, output).toBe(0);
  },
);

it("knows what to do with every block", () => {
  const known = ["ts", "js", "sh", "console", "surql", "sql", "json", "text"];
  expect(pages.filter(({ language }) => !known.includes(language)).map(placeOf)).toEqual([]);
});
