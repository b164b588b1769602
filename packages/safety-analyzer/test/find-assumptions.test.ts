import { expect, test } from "vitest";
import { analyzeSteps } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

test.each([
  {
    name: "a field without values",
    live: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1",
    down: "REMOVE FIELD bio ON user",
    descriptions: ["no record of user holds bio"],
    against: "UPDATE user:1 SET bio = 'x'",
  },
  {
    name: "an empty table",
    live: "DEFINE TABLE user",
    down: "REMOVE TABLE user",
    descriptions: ["user holds no records"],
    against: "CREATE user:1",
  },
  {
    name: "a new field over no values",
    live: "DEFINE TABLE user; CREATE user:1",
    down: "DEFINE FIELD age ON user TYPE option<int>",
    descriptions: ["no record of user holds age"],
    against: "UPDATE user:1 SET age = 'x'",
  },
  {
    name: "stored values that fit by chance",
    live: "DEFINE TABLE user; CREATE user:1 SET age = 1; DEFINE FIELD age ON user TYPE int READONLY",
    down: "ALTER FIELD age ON user DROP READONLY",
    descriptions: ["user.age fits int in every record"],
    against: "REMOVE FIELD age ON user; UPDATE user:1 SET age = 'x'",
  },
  {
    name: "a condition that matches nothing",
    live: "DEFINE TABLE user; CREATE user:1 SET age = 1",
    down: "DELETE user WHERE age > 5",
    descriptions: ["no record of user matches age > 5"],
    against: "UPDATE user:1 SET age = 6",
  },
])("$name is assumed, and can be asked again", async ({ live, down, descriptions, against }) => {
  await using db = await openDatabase();
  await db.query(live);
  const { assumptions = [] } = await analyzeSteps(db, stepsOf(down));
  expect(assumptions.map(({ description }) => description)).toEqual(descriptions);
  for (const { check } of assumptions) {
    const [before] = await db.query(`RETURN ${check}`);
    expect(before).toBe(0);
  }
  await db.query(against);
  for (const { check } of assumptions) {
    const [now] = await db.query(`RETURN ${check}`);
    expect(now).toBe(1);
  }
});

test("what is counted as more than 0 is no assumption", async () => {
  await using db = await openDatabase();
  await db.query("CREATE user:1 SET bio = 'x'; DEFINE FIELD bio ON user TYPE string");
  const { assumptions } = await analyzeSteps(db, stepsOf("REMOVE FIELD bio ON user; DELETE user"));
  expect(assumptions).toEqual([]);
});
