import { expect, test } from "vitest";
import { analyzeSteps, judgeSteps, type RollbackIssue } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

const people = `DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string; DEFINE FIELD upper ON person COMPUTED string::uppercase(name);
  CREATE person:1 SET name = 'a'; CREATE person:['b', 2] SET name = 'b';`;
const human = `DEFINE TABLE human SCHEMAFULL; DEFINE FIELD name ON human TYPE string; DEFINE FIELD upper ON human COMPUTED string::uppercase(name);`;
const schemaless = "DEFINE TABLE human; ";
const copy = "INSERT INTO human (SELECT * FROM person) RETURN NONE;";
const remove = "REMOVE TABLE person;";

async function removedTable(
  live: string,
  downs: readonly string[],
): Promise<RollbackIssue | undefined> {
  await using db = await openDatabase();
  await db.query(live);
  const { issues } = await analyzeSteps(db, stepsOf(...downs));
  return issues.find(({ code, object }) => code === "table_removed" && object?.name === "person");
}

const plain = people.replace("DEFINE FIELD upper ON person COMPUTED string::uppercase(name);", "");
const fields = (text: string): string => text.replace("SELECT *", "SELECT id, name");

test.each([
  ["into a table that the script makes", plain, [`${schemaless}${copy}${remove}`]],
  ["into one that is there", `${plain} ${schemaless}`, [copy + remove]],
  ["with computed fields", people, [`${human}${fields(copy)}${remove}`]],
  [
    "over the same record",
    `${plain} ${schemaless} CREATE human:1 SET name = 'a';`,
    [`INSERT IGNORE ${copy.slice(7)}${remove}`],
  ],
])("records that are copied are told to be where they are: %s", async (_, live, downs) => {
  const issue = await removedTable(live, downs);
  expect(issue).toMatchObject({ safety: "unsafe", impact: { records: 2, exact: true } });
  expect(issue?.description).toContain(
    "all 2 records of person. But each of them stands in human then, under the same key.",
  );
  expect(issue?.recommendation).toBeUndefined();
});

test.each([
  [
    "some are left out",
    plain,
    [`${schemaless}${copy.replace("FROM person", "FROM person WHERE name = 'a'")}${remove}`],
  ],
  [
    "they are changed on the way",
    plain,
    [`${schemaless}${copy.replace("*", "*, 'x' AS name")}${remove}`],
  ],
  ["they get other keys", plain, [`${schemaless}${copy.replace("*", "name")}${remove}`]],
  [
    "they are changed later",
    plain,
    [`${schemaless}${copy}${remove} UPDATE human:1 SET name = 'x';`],
  ],
  [
    "they are deleted by another migration",
    plain,
    [`${schemaless}${copy}${remove}`, "DELETE human:1;"],
  ],
  [
    "the other table is removed later",
    plain,
    [`${schemaless}${copy}${remove}`, "REMOVE TABLE human;"],
  ],
  [
    "another record is overwritten",
    `${plain} ${schemaless} CREATE human:1 SET name = 'other';`,
    [`DELETE human:1; ${copy}${remove}`],
  ],
  [
    "the copy is of another table",
    `${plain} ${schemaless} CREATE other:1 SET name = 'a';`,
    [`${copy.replace("person", "other")}${remove}`],
  ],
])("what is not proved to be copied is gone as ever: %s", async (_, live, downs) => {
  const issue = await removedTable(live, downs);
  expect(issue).toMatchObject({ safety: "unsafe", impact: { records: 2, exact: true } });
  expect(issue?.description).not.toContain("stands in");
  expect(issue?.recommendation).toContain("INSERT INTO person_backup");
});

test("without a look at the records nothing is promised", () => {
  const { issues } = judgeSteps(stepsOf(`${schemaless}${copy}${remove}`));
  expect(issues.map(({ description }) => description).join(" ")).not.toContain("stands in");
});
