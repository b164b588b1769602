import { describe, expect, test } from "vitest";
import { analyzeSteps, type RollbackIssue } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const live = `
  DEFINE TABLE user SCHEMAFULL;
  DEFINE FIELD name ON user TYPE string;
  DEFINE FIELD tags ON user TYPE option<array<string>>;
  DEFINE INDEX name_idx ON user FIELDS name;
  DEFINE TABLE post;
  DEFINE TABLE audit;
  DEFINE FUNCTION fn::clean() { REMOVE TABLE post; };
  CREATE user:1 SET name = 'Ada';
  CREATE post:1; CREATE post:2;`;

/** `level code object evidence`: `R` read, `S` seen, `s` looked for and not seen. */
function inShort({ safety, code, object, evidence }: RollbackIssue): string {
  const { reading, rehearsal } = evidence ?? { reading: false };
  const seen = rehearsal === undefined ? "" : rehearsal ? "S" : "s";
  return `${safety} ${code} ${object?.table ?? ""}${object?.table ? "." : ""}${object?.name} ${reading ? "R" : ""}${seen}`;
}

async function judge(...down: readonly string[]) {
  await using db = await openDatabase();
  await db.query(live);
  const verdict = await analyzeSteps(db, stepsOf(...down), { rehearse: true });
  return { ...verdict, short: verdict.issues.map(inShort) };
}

describe("what both say", () => {
  test.each<[string, readonly string[]]>([
    ["REMOVE TABLE post", ["unsafe table_removed post RS"]],
    ["REMOVE TABLE post; DEFINE TABLE post", ["unsafe table_removed post RS"]],
    [
      "REMOVE FIELD name ON user",
      ["data_loss field_removed user.name RS", "data_loss writes_blocked user.name RS"],
    ],
    ["REMOVE FIELD name ON user; REMOVE TABLE user", ["unsafe table_removed user RS"]],
    ["REMOVE FIELD tags ON user", ["data_loss field_removed user.tags RS"]],
    ["DEFINE FIELD OVERWRITE name ON user TYPE int", ["data_loss field_type_changed user.name RS"]],
    [
      "DEFINE FIELD OVERWRITE tags ON user TYPE option<array<int>>",
      ["data_loss field_type_changed user.tags RS"],
    ],
    ["DEFINE TABLE x; REMOVE TABLE x", []],
    ["DEFINE TABLE x; DEFINE FIELD f ON x TYPE array<int>; CREATE x SET f = [1]", []],
    ["REMOVE INDEX name_idx ON user; DEFINE INDEX name_idx ON user FIELDS name UNIQUE", []],
    ["UPDATE user SET name = 'x'", ["data_loss records_changed user R"]],
    [
      "UPDATE user UNSET name; REMOVE FIELD name ON user",
      ["data_loss records_changed user R", "data_loss field_removed user.name RS"],
    ],
    [
      "REMOVE FIELD name ON user; UPDATE user UNSET name",
      ["data_loss field_removed user.name RS", "data_loss records_changed user R"],
    ],
    ["DEFINE TABLE OVERWRITE user TYPE RELATION SCHEMAFULL", ["data_loss writes_blocked user RS"]],
    ["DEFINE TABLE OVERWRITE post DROP", ["unsafe writes_discarded post RS"]],
    ["ALTER TABLE post SCHEMAFULL", ["data_loss writes_blocked post RS"]],
  ])("%s", async (down, expected) => {
    expect((await judge(down)).short).toEqual(expected);
  });
});

describe("what only the rehearsal saw", () => {
  test.each<[string, string]>([
    ["a loop over names", "FOR $t IN ['post'] { REMOVE TABLE $t }"],
    ["a function", "fn::clean()"],
    ["a variable", "LET $t = 'post'; REMOVE TABLE $t"],
    ["an event", "DEFINE EVENT e ON audit THEN { REMOVE TABLE post }; CREATE audit"],
    ["a parameter", "DEFINE PARAM $p VALUE (REMOVE TABLE post)"],
    ["a branch", "IF array::len(['a']) = 1 { REMOVE TABLE post }"],
    ["a closure", "LET $f = || { REMOVE TABLE post }; $f()"],
  ])("%s", async (_, down) => {
    const { issues, overallSafety } = await judge("DEFINE TABLE z", down, "REMOVE TABLE z");
    expect(overallSafety).toBe("unsafe");
    const found = issues.find(({ code }) => code === "table_removed");
    expect(found).toMatchObject({
      migration: "2",
      evidence: { rehearsal: true },
      impact: { records: 2, exact: true },
    });
  });
});

describe("what only reading says", () => {
  test.each<[string, readonly string[]]>([
    ["IF false { REMOVE TABLE post }", ["unsafe table_removed post Rs"]],
    ["FOR $i IN [] { REMOVE FIELD name ON user }", ["data_loss field_removed user.name Rs"]],
  ])("%s", async (down, expected) => {
    const { short, issues } = await judge(down);
    expect(short).toEqual(expected);
    expect(issues[0]?.description).toContain("did not show this");
  });
});

test("what may depend on records is not contradicted by an engine without them", async () => {
  const { short } = await judge("IF count(SELECT * FROM user) > 9 { REMOVE TABLE post }");
  expect(short).toEqual(["unsafe table_removed post R"]);
});
