import { listEvents, listQuarantine } from "@surql/history";
import type { Migration } from "@surql/migration";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  restoreQuarantined,
  type RollbackResult,
} from "../src/index.ts";
import { createProject, writeAndApply, type Project } from "./project.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const users = {
  up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string;",
  down: "REMOVE TABLE user;",
};
const create =
  "CREATE note:1; CREATE user:1 SET name = 'ada', bio = 'b'; CREATE user:2 SET name = 'bob';";

async function rollBack(migrations: readonly Migration[]): Promise<RollbackResult> {
  const plan = await createRollbackPlan(project.db, migrations, "1", { preserve: true });
  return executeRollback(project.db, plan, { force: true });
}

async function records(): Promise<unknown> {
  return (await project.db.query("RETURN <string>[(SELECT * FROM user), (SELECT * FROM note)]"))[0];
}

/** Two transactions, as an index sees only what is committed when it is built. */
const inTwo = {
  up: "DEFINE FIELD bio ON user TYPE option<string>; DEFINE TABLE note;",
  down: "REMOVE TABLE note; UPDATE user SET name = 'x'; DEFINE INDEX i ON user FIELDS name; REMOVE FIELD bio ON user; REMOVE INDEX i ON user;",
};
const oneByOne = {
  head: ["-- transaction: none"],
  up: inTwo.up,
  down: "REMOVE TABLE note; UPDATE user SET name = 'x'; DEFINE INDEX i ON user FIELDS bio UNIQUE; REMOVE INDEX i ON user; REMOVE FIELD bio ON user;",
};

test.each([
  ["several transactions", inTwo, 2],
  ["no transaction", oneByOne, 3],
])("what a rollback in %s has kept comes back with its migration", async (_, second, events) => {
  const migrations = await writeAndApply(project, { "1": users, "2": second });
  await project.db.query(create);
  const before = await records();
  expect(await rollBack(migrations)).toMatchObject({ success: true });
  const kept = await listQuarantine(project.db);
  expect(kept.map(({ kind, table, count }) => [kind, table, count])).toEqual([
    ["table", "note", 1],
    ["records", "user", 2],
    ["field", "user", 1],
  ]);
  expect(new Set(kept.map(({ event }) => event)).size).toBe(events);
  const back = await applyMigrations(project.db, migrations, { restore: "ours" });
  expect(back).toMatchObject({ restored: [{}, {}, {}], kept: [] });
  expect(await records()).toBe(before);
});

test("it is one rollback to whoever gives it back by hand", async () => {
  const migrations = await writeAndApply(project, { "1": users, "2": inTwo });
  await project.db.query(create);
  const before = await records();
  await rollBack(migrations);
  await applyMigrations(project.db, migrations);
  const { restored } = await restoreQuarantined(project.db, undefined, { rule: "ours" });
  expect(restored).toHaveLength(3);
  expect(await records()).toBe(before);
});

test("without a transaction, each statement is committed with what it loses, and the rest goes on", async () => {
  const { db } = project;
  const migrations = await writeAndApply(project, { "1": users, "2": oneByOne });
  await db.query(`${create} UPDATE user:2 SET bio = 'b'`);
  const before = await records();
  const failed = await rollBack(migrations);
  expect(failed).toMatchObject({ success: false, errors: [{ statementIndex: 2 }] });
  expect(await project.rows("user")).toMatchObject([{ name: "x" }, { name: "x" }]);
  expect((await listQuarantine(db)).map(({ kind }) => kind)).toEqual(["table", "records"]);
  const begun = (await listEvents(db)).filter(
    ({ kind, result }) => kind === "rollback" && result === "begun",
  );
  expect(begun.map(({ progress }) => progress?.statementsDone)).toEqual([2]);
  await db.query("UPDATE user:2 SET bio = 'c'");
  expect(await rollBack(migrations)).toMatchObject({ success: true });
  const { restored } = await applyMigrations(db, migrations, { restore: "ours" });
  expect(restored).toHaveLength(3);
  expect(await records()).toBe(before);
});

test("what an earlier rollback has kept stays where it is", async () => {
  const { db } = project;
  const migrations = await writeAndApply(project, { "1": users, "2": inTwo });
  await db.query(create);
  await rollBack(migrations);
  await applyMigrations(db, migrations);
  await db.query("CREATE note:2; UPDATE user SET name = 'new', bio = 'new'");
  const before = await records();
  await rollBack(migrations);
  const { restored } = await applyMigrations(db, migrations, { restore: "ours" });
  expect(restored).toHaveLength(3);
  expect(await records()).toBe(before);
});
