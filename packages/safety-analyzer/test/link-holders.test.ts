import { expect, test } from "vitest";
import { analyzeSteps } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

test.each([
  ["a typed field", "DEFINE FIELD a ON h TYPE option<record<t>>", "a = t:1"],
  ["a field of several tables", "DEFINE FIELD a ON h TYPE option<record<u | t>>", "a = t:1"],
  ["a field of any table", "DEFINE FIELD a ON h TYPE option<record>", "a = t:1"],
  ["a list", "DEFINE FIELD a ON h TYPE option<array<record<t>>>", "a = [t:1, t:2]"],
  ["a set", "DEFINE FIELD a ON h TYPE option<set<record<t>>>", "a = <set>[t:1]"],
  [
    "a field of an object",
    "DEFINE FIELD a ON h TYPE option<object>; DEFINE FIELD a.b ON h TYPE option<record<t>>",
    "a = { b: t:1 }",
  ],
  [
    "a list of objects",
    "DEFINE FIELD a ON h TYPE option<array<object>>; DEFINE FIELD a.*.b ON h TYPE option<record<t>>",
    "a = [{ b: t:1 }]",
  ],
  ["a flexible object", "DEFINE FIELD a ON h TYPE option<object> FLEXIBLE", "a = { b: [t:1] }"],
  ["any value", "DEFINE FIELD a ON h TYPE any", "a = t:1"],
])("links in %s are left dangling", async (_, field, set) => {
  await using db = await openDatabase();
  await db.query(`CREATE t:1, t:2, u:1; DEFINE TABLE h SCHEMAFULL; ${field};
    CREATE h:1 SET ${set}; CREATE h:2;`);
  const { issues } = await analyzeSteps(db, stepsOf("REMOVE TABLE t"));
  expect(issues[0]).toMatchObject({
    affectedData: expect.stringMatching(
      /^all 2 records of t, 1 record of h with a link left dangling( in h\.a[.*b]*)?$/,
    ) as string,
    impact: { records: 2, exact: true },
  });
});

test.each([
  "a = t:1",
  "a = [1, t:1]",
  "a = { b: { c: t:1 } }",
  "a = [{ b: [t:1] }]",
  "`t:` = 1, a = <set>[t:1]",
])("links in a table without definitions are left dangling: %s", async (set) => {
  await using db = await openDatabase();
  await db.query(`CREATE t:1; CREATE h:1 SET ${set}; CREATE h:2 SET a = 't:1', b = u:1`);
  const [issue] = (await analyzeSteps(db, stepsOf("REMOVE TABLE t"))).issues;
  expect(issue?.affectedData).toBe("1 record of t, 1 record of h with a link left dangling");
});

test.each([
  ["links to other tables", "DEFINE TABLE h; CREATE h:1 SET a = u:1, b = 't:1'"],
  ["links of the table itself", "UPDATE t:1 SET next = t:1"],
  ["links of a table that is removed too", "CREATE gone:1 SET a = t:1"],
])("%s are not", async (_, live) => {
  await using db = await openDatabase();
  await db.query(`CREATE t:1; ${live}`);
  const { issues } = await analyzeSteps(db, stepsOf("REMOVE TABLE t; REMOVE TABLE IF EXISTS gone"));
  expect(issues[0]?.affectedData).toBe("1 record of t");
});
