import { describe, expect, test } from "vitest";
import { analyzeSteps, type RehearseOptions } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const live = `
  DEFINE TABLE user SCHEMAFULL;
  DEFINE FIELD name ON user TYPE string;
  DEFINE FUNCTION fn::call() { RETURN http::get('http://localhost') };
  CREATE user:1 SET name = 'Ada';
  CREATE user:2 SET name = 'Ada';`;

async function judge(down: readonly string[], rehearse: RehearseOptions | true = true) {
  await using db = await openDatabase();
  await db.query(live);
  return await analyzeSteps(db, stepsOf(...down), { rehearse });
}

describe("a plan that fails", () => {
  test("says which statement, and why", async () => {
    const command = "surql migrate plan-rollback base --rehearse";
    const { issues, overallSafety, rehearsal } = await judge(
      ["DEFINE TABLE a;", "DEFINE TABLE b;\n\nDEFINE TABLE user;", "REMOVE TABLE a;"],
      { decide: command },
    );

    expect(overallSafety).toBe("unsafe");
    expect(issues).toEqual([
      {
        safety: "unsafe",
        code: "rehearsal_failed",
        migration: "2",
        description:
          "The statement in line 3 of migration 2 failed when the plan was run in a scratch engine: The table 'user' already exists.",
        recommendation: command,
        statement: "DEFINE TABLE user",
        object: { kind: "migration", name: "2" },
        evidence: { reading: false, rehearsal: true },
      },
    ]);
    expect(rehearsal?.unproven).toEqual([
      { migration: "2", line: 3, why: "it failed: The table 'user' already exists" },
      { migration: "3", line: 1, why: "it stands behind a statement that fails" },
    ]);
  });

  test("is told once when reading foretold it", async () => {
    const { issues } = await judge(["REMOVE FIELD ghost ON user", "REMOVE TABLE nowhere"]);
    expect(issues.map(({ code }) => code)).toEqual(["field_removed", "table_removed"]);
  });

  test("because of duplicates is told by the index, and for another reason by itself", async () => {
    const unique = "DEFINE INDEX one ON user FIELDS name UNIQUE";
    const duplicates = await judge([unique], { sample: 5 });
    expect(duplicates.issues.map(({ code }) => code)).toEqual(["index_would_fail"]);
    const { issues } = await judge(["DEFINE INDEX one ON user FIELDS ghost UNIQUE"]);
    expect(issues.map(({ code }) => code)).toEqual(["rehearsal_failed"]);
  });

  test("is none where the records that are there do not come to the code that would fail", async () => {
    await using db = await openDatabase();
    await db.query(`RELATE user:1->likes:1->user:2;
      DEFINE FIELD since ON likes TYPE duration DEFAULT 1h READONLY ASSERT fn::gone($value);`);
    const down = "RELATE user:1->likes:1->user:2 SET n = 5";
    const { issues } = await analyzeSteps(db, stepsOf(down), { rehearse: true });
    expect(issues.map(({ code }) => code)).not.toContain("rehearsal_failed");
    await db.query(down);
  });

  test("for want of records is run again with a few of them", async () => {
    const guard = "IF array::len((SELECT * FROM user)) < 2 { THROW 'too few' }; REMOVE TABLE user";
    const { issues, rehearsal } = await judge([guard]);
    expect(issues.map(({ code }) => code)).toEqual(["table_removed"]);
    expect(rehearsal).toMatchObject({ ground: "scratch", sample: 3, unproven: [] });
  });

  test("with a sample may still lack nothing but records", async () => {
    const guard = "IF array::len((SELECT * FROM user)) < 2 { THROW 'too few' }; REMOVE TABLE user";
    const { issues, rehearsal } = await judge([guard], { sample: 1 });
    expect(issues).toMatchObject([
      { code: "rehearsal_failed", safety: "data_loss" },
      { code: "table_removed", evidence: { reading: true, rehearsal: true } },
    ]);
    expect(issues[0]?.description).toContain("holds a sample of them");
    expect(rehearsal).toMatchObject({ sample: 1, unproven: [{ line: 1 }] });
  });

  test("by its own word fails anywhere", async () => {
    const { issues } = await judge(["THROW 'never'"]);
    expect(issues).toMatchObject([{ code: "rehearsal_failed", safety: "unsafe" }]);
  });

  test("for what a scratch engine cannot do is no failure of the plan", async () => {
    const { issues, rehearsal } = await judge(["fn::call(); REMOVE TABLE user"]);
    expect(issues.map(({ code }) => code)).toEqual(["side_effects", "table_removed"]);
    expect(rehearsal?.unproven).toMatchObject([
      { line: 1, why: expect.stringContaining("network target 'localhost:80'") },
    ]);
  });
});

test("statements that belong together are run together", async () => {
  const { issues, rehearsal } = await judge([
    "LET $name = 'Ada'; DEFINE TABLE a; CREATE a SET name = $name; REMOVE TABLE a",
  ]);
  expect({ issues, unproven: rehearsal?.unproven }).toEqual({ issues: [], unproven: [] });
});

test("what surql never runs is not rehearsed", async () => {
  const { overallSafety, rehearsal } = await judge(["REMOVE DATABASE test"]);
  expect({ overallSafety, rehearsal }).toMatchObject({
    overallSafety: "unsafe",
    rehearsal: { ground: "none" },
  });
});
