import { afterEach, beforeEach, expect, test } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  importRecords,
  restoreQuarantined,
  type BackupFolder,
} from "../src/index.ts";
import { createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const files = {
  "0": { up: "DEFINE TABLE knows TYPE RELATION; DEFINE TABLE plain;" },
  "1": {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD loud ON user COMPUTED string::uppercase(name);",
    down: "REMOVE TABLE IF EXISTS never; REMOVE TABLE user;",
  },
  "2": { up: "DEFINE FIELD bio ON user TYPE option<string>;", down: "REMOVE FIELD bio ON user;" },
  "3": {
    up: "DEFINE FIELD `odd name` ON plain TYPE any; UPDATE plain SET n = 1;",
    down: "UPDATE plain SET n = 0; REMOVE FIELD `odd name` ON plain;",
  },
};

/** A folder in memory, that knows when each file was closed. */
function folderOf(content: Map<string, string>, closed: string[]): BackupFolder {
  return {
    open: async (name) => ({
      write: async (text) => void content.set(name, (content.get(name) ?? "") + text),
      close: async () => void closed.push(name),
    }),
  };
}

async function stored(): Promise<unknown> {
  const ask =
    "RETURN <string>[(SELECT * FROM user), (SELECT * FROM plain), (SELECT * FROM knows), user:1->knows->user]";
  return (await project.db.query(ask))[0];
}

test("what a rollback loses is in files that are closed before it, and comes back from them", async () => {
  const { db } = project;
  const migrations = await writeAndApply(project, files);
  await db.query(`
    FOR $n IN 1..=1203 { CREATE type::record("user", $n) SET name = "n", bio = IF $n = 7 { "seven" } };
    CREATE plain:1 SET n = 1.0, \`odd name\` = [1dec, NONE]; CREATE plain:\`a b\` SET n = 9;
    RELATE user:1->knows:1->user:2 SET w = d"2020-01-01T00:00:00.000000001Z";
  `);
  const before = await stored();
  const content = new Map<string, string>();
  const closed: string[] = [];
  const seen: string[][] = [];
  const result = await executeRollback(db, await createRollbackPlan(db, migrations, "0"), {
    force: true,
    backup: folderOf(content, closed),
    onEvent: ({ kind }) => {
      if (kind === "migration-started") seen.push([...closed]);
    },
  });
  expect(result.errors).toEqual([]);
  const names = [
    "001-plain.jsonl",
    "002-plain._odd_name_.jsonl",
    "003-knows.jsonl",
    "004-user.jsonl",
  ];
  expect(seen[0]).toEqual([...names, "load.sh", "manifest.json"]);
  expect(JSON.parse(content.get("manifest.json") ?? "")).toMatchObject({
    format: 1,
    fromVersion: "3",
    toVersion: "0",
    startedAt: expect.any(String),
    files: [
      { file: names[0], table: "plain", records: 2 },
      { file: names[1], table: "plain", field: "`odd name`", records: 1 },
      { file: names[2], table: "knows", records: 1 },
      { file: names[3], table: "user", records: 1203 },
    ],
  });
  expect(content.get("004-user.jsonl")?.split("\n")).toHaveLength(1204);

  await applyMigrations(db, migrations);
  const jsonl = [...content].filter(([name]) => name.endsWith(".jsonl"));
  const event = await importRecords(
    db,
    jsonl.map(([name, lines]) => ({ name, lines: lines.split("\n") })),
  );
  await restoreQuarantined(db, event, { rule: "ours" });
  expect((await stored()) === before).toBe(true);
});

test("a backup that fails stops the rollback before it has begun", async () => {
  const { db } = project;
  const migrations = await writeAndApply(project, files);
  await db.query("CREATE user:1 SET name = 'a'");
  const before = await stored();
  const plan = await createRollbackPlan(db, migrations, "0");
  const backup = { open: () => Promise.reject(new Error("the disk is full")) };
  await expect(executeRollback(db, plan, { force: true, backup })).rejects.toThrow(
    "the disk is full",
  );
  expect(await stored()).toBe(before);
  expect(await project.versions()).toEqual(["0", "1", "2", "3"]);
});
