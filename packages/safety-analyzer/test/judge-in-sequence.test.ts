import { splitStatements } from "@surql/surrealql";
import { describe, expect, test } from "vitest";
import {
  analyzeSteps,
  judgeInSequence,
  judgeSteps,
  type PlanStep,
  type RollbackIssue,
  type SafetyRule,
} from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

/** What is found in the scripts, each finding as `migration code object`. */
function found(...scripts: readonly string[]): readonly string[] {
  return judgeInSequence(stepsOf(...scripts)).issues.map(inShort);
}

function inShort({ migration, code, object }: RollbackIssue): string {
  const path = [object?.table, object?.name].filter(Boolean).join(".");
  return `${migration} ${code} ${path}`;
}

describe("scripts one after the other", () => {
  test("lose what an earlier one made, and not what they made themselves", () => {
    const scripts = [
      "DEFINE TABLE a; DEFINE FIELD x ON a",
      "REMOVE FIELD x ON a",
      "REMOVE TABLE a",
    ];
    expect(found(...scripts)).toEqual(["2 field_removed a.x", "3 table_removed a"]);
    expect(judgeSteps(stepsOf(...scripts)).issues).toEqual([]);
    expect(found("DEFINE TABLE a; CREATE a:1; REMOVE TABLE a")).toEqual([]);
  });

  test("lose nothing again that is gone already", () => {
    const scripts = ["DEFINE TABLE a", "REMOVE TABLE a", "REMOVE TABLE IF EXISTS a"];
    expect(found(...scripts)).toEqual(["2 table_removed a"]);
  });

  test("lose what a later one only defines again", () => {
    const scripts = [
      "DEFINE TABLE a; DEFINE FIELD x ON a",
      "REMOVE FIELD x ON a",
      "DEFINE FIELD x ON a",
    ];
    expect(found(...scripts)).toEqual(["2 field_removed a.x"]);
  });

  test("begin anew with a table that is made again", () => {
    const made = "DEFINE TABLE a; DEFINE FIELD x ON a TYPE option<string>";
    expect(found(made, "REMOVE TABLE a; DEFINE TABLE a", "REMOVE FIELD IF EXISTS x ON a")).toEqual([
      "2 table_removed a",
    ]);
  });

  test("are compared with the definition that is in force", () => {
    const first = "DEFINE TABLE a; DEFINE FIELD x ON a TYPE option<int>";
    const wider = "DEFINE FIELD OVERWRITE x ON a TYPE option<int | string>";
    const back = "DEFINE FIELD OVERWRITE x ON a TYPE option<int>";
    expect(found(first, wider)).toEqual([]);
    expect(found(first, wider, back)).toEqual(["3 field_type_changed a.x"]);
    expect(
      found(
        first,
        "ALTER FIELD x ON a READONLY",
        "DEFINE FIELD OVERWRITE x ON a TYPE option<int> READONLY",
      ),
    ).toEqual(["2 writes_blocked a.x"]);
  });

  test("take what no script made for what was there before", () => {
    expect(found("REMOVE TABLE IF EXISTS old")).toEqual(["1 table_removed old"]);
    expect(found("DEFINE FIELD x ON old TYPE int")).toEqual(["1 writes_blocked old.x"]);
    const overwrite = "DEFINE TABLE OVERWRITE old SCHEMAFULL";
    expect(found("CREATE old:1", overwrite, overwrite)).toEqual([
      "2 writes_blocked old",
      "2 unknown old",
    ]);
    const array = "DEFINE TABLE a; DEFINE FIELD tags ON a TYPE array<string>";
    expect(found(array, "REMOVE FIELD IF EXISTS tags.* ON a")).toEqual([
      "2 field_removed a.tags.*",
    ]);
  });

  test("take what they may have made for what may be there", () => {
    const maybe = "IF $x { DEFINE TABLE a }";
    expect(found(maybe, "REMOVE TABLE IF EXISTS a")).toEqual(["2 table_removed a"]);
    const again = ["DEFINE TABLE a", "REMOVE TABLE a", maybe, "REMOVE TABLE IF EXISTS a"];
    expect(found(...again)).toEqual(["2 table_removed a", "4 table_removed a"]);
  });

  test("begin with nothing, however the first definition is spelled", () => {
    expect(
      found("DEFINE TABLE IF NOT EXISTS a SCHEMAFULL; DEFINE FIELD OVERWRITE x ON a TYPE string"),
    ).toEqual([]);
    expect(found("DEFINE TABLE OVERWRITE a SCHEMAFULL; DEFINE PARAM OVERWRITE $p VALUE 1")).toEqual(
      [],
    );
  });

  test("break what an earlier one built on, and set off what it left", () => {
    const uses =
      "DEFINE FUNCTION fn::f() { RETURN 1 }; DEFINE TABLE a; DEFINE FIELD x ON a VALUE fn::f()";
    expect(found(uses, "REMOVE FUNCTION fn::f")).toEqual(["2 dependency_broken fn::f"]);
    const event = "DEFINE TABLE a; DEFINE TABLE log; DEFINE EVENT e ON a THEN (DELETE log)";
    expect(found(event, "CREATE a:1")).toEqual(["2 side_effects a.e"]);
    const removed = [event, "REMOVE EVENT e ON a", "CREATE a:1"];
    expect(found(...removed)).toEqual([]);
  });

  test("show rules the schema that they leave", () => {
    const seen: unknown[] = [];
    const look: SafetyRule = {
      name: "look",
      codes: [],
      judgeStep({ live }) {
        seen.push([live.relations, live.ofTable("a", "field").map(({ object }) => object.name)]);
        return [];
      },
    };
    const scripts = [
      "DEFINE TABLE a; DEFINE FIELD x ON a; DEFINE TABLE likes TYPE RELATION",
      "REMOVE FIELD x ON a; REMOVE TABLE likes",
      "RETURN 1",
    ];
    judgeInSequence(stepsOf(...scripts), { rules: [look] });
    expect(seen).toEqual([
      [[], []],
      [["likes"], ["x"]],
      [[], []],
    ]);
  });

  test("are under policies, and leave out what the caller handles", () => {
    const steps = stepsOf("DEFINE TABLE a", "REMOVE TABLE a");
    const policies = [{ code: "table_removed", level: "safe", reason: "why" }] as const;
    expect(judgeInSequence(steps, { policies }).overallSafety).toBe("safe");
    expect(judgeInSequence(steps, { handles: ["table_removed"] }).issues).toEqual([]);
    expect(judgeInSequence(stepsOf("USE DB other")).overallSafety).toBe("unsafe");
  });
});

test("nothing that the database would tell is missing from what is read", async () => {
  const steps = stepsOf(
    "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD bio ON user TYPE option<string>; CREATE user:1 SET name = 'a', bio = 'x'",
    "DEFINE TABLE follows TYPE RELATION FROM user TO user; RELATE user:1->follows->user:1",
    "DEFINE TABLE log; DEFINE FUNCTION fn::note() { CREATE log }; DEFINE EVENT e ON user THEN fn::note()",
    "UPDATE user SET bio = 'y'",
    "DEFINE FIELD age ON user TYPE int",
    "UPDATE user SET age = 1; DEFINE FIELD OVERWRITE bio ON user TYPE string PERMISSIONS NONE",
    "DEFINE FIELD OVERWRITE bio ON user TYPE option<string> ASSERT $value != 'y'",
    "DEFINE INDEX name_idx ON user FIELDS name UNIQUE; DEFINE PARAM $limit VALUE 1; DEFINE SEQUENCE s",
    "DEFINE PARAM OVERWRITE $limit VALUE 2; REMOVE SEQUENCE s",
    "REMOVE EVENT e ON user; REMOVE FUNCTION fn::note",
    "DELETE log; DEFINE TABLE OVERWRITE log DROP",
    "REMOVE FIELD bio ON user",
    "REMOVE TABLE user",
  );
  const read = new Set(judgeInSequence(steps).issues.map(inShort));
  await using db = await openDatabase();
  let told = 0;
  for (const step of steps) {
    const { issues } = await analyzeSteps(db, [step], { direction: "up" });
    for (const issue of issues) expect(read).toContain(inShort(issue));
    told += issues.length;
    for (const { text } of step.statements) await db.query(text);
  }
  expect(told).toBeGreaterThan(10);
});

test("a thousand migrations are judged each by what those before it made", () => {
  const steps = Array.from({ length: 1000 }, (_, at): PlanStep => {
    const lost = at === 0 ? "" : `REMOVE FIELD b ON t${at - 1};`;
    const made = `DEFINE TABLE t${at} SCHEMAFULL; DEFINE FIELD a ON t${at}; DEFINE FIELD b ON t${at};`;
    const statements = splitStatements(`${made} CREATE t${at} SET a = 'x'; ${lost}`);
    return { migration: String(at), statements };
  });
  const { issues } = judgeInSequence(steps);
  expect(issues.filter(({ code }) => code === "field_removed")).toHaveLength(999);
});
