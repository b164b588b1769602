import { expect, test } from "vitest";
import { analyzeSteps, judgeSteps, type RollbackIssue } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

const people = `DEFINE TABLE user SCHEMAFULL; DEFINE FIELD full_name ON user TYPE option<string>; DEFINE FIELD display_name ON user TYPE option<string>;
  CREATE user:1 SET full_name = 'Ada'; CREATE user:2 SET full_name = 'NONE'; CREATE user:3;`;
const move =
  "UPDATE user SET display_name = full_name, full_name = NONE WHERE full_name IS NOT NONE RETURN NONE;";
const remove = "REMOVE FIELD full_name ON user;";

async function removedField(
  live: string,
  downs: readonly string[],
  rowBudget?: number,
): Promise<RollbackIssue | undefined> {
  await using db = await openDatabase();
  await db.query(live);
  const { issues } = await analyzeSteps(db, stepsOf(...downs), { rowBudget });
  return issues.find(({ code }) => code === "field_removed");
}

const where = "stand in user.display_name then, and took the place of no other";

test.each([
  ["moved and then removed", people, [move + remove]],
  ["removed and then moved, as the values stay stored", people, [remove + move]],
  ["only copied", people, [`UPDATE user SET display_name = full_name; ${remove}`]],
  [
    "moved to a field that the script makes",
    people.replace("DEFINE FIELD display_name ON user TYPE option<string>;", ""),
    [`DEFINE FIELD display_name ON user TYPE option<string>; ${move}${remove}`],
  ],
  [
    "where the same value is there already",
    `${people} UPDATE user:1 SET display_name = 'Ada'`,
    [move + remove],
  ],
  [
    "quoted, in other words",
    people,
    ["update `user` set `display_name` = ⟨full_name⟩ where 1 = 1; " + remove],
  ],
])("values that are moved are told to be where they are: %s", async (_, live, downs) => {
  const issue = await removedField(live, downs);
  expect(issue).toMatchObject({
    safety: "data_loss",
    affectedData: "2 values of user.full_name",
    impact: { records: 2, exact: true },
    description: `Removes the field user.full_name. But all 2 values ${where}: nothing is lost but the place.`,
  });
  expect(issue?.recommendation).toBeUndefined();
});

test("an object is moved with all that lies in it", async () => {
  await using db = await openDatabase();
  await db.query(`DEFINE TABLE user SCHEMAFULL; DEFINE FIELD home ON user TYPE object; DEFINE FIELD home.city ON user TYPE string; DEFINE FIELD home.tags ON user TYPE array<string>;
    CREATE user:1 SET home = { city: 'x', tags: ['a'] }`);
  const { issues } = await analyzeSteps(
    db,
    stepsOf(`REMOVE FIELD home ON user; REMOVE FIELD home.city ON user; REMOVE FIELD home.tags ON user; REMOVE FIELD home.tags.* ON user; ALTER TABLE user SCHEMALESS;
      UPDATE user SET place = home, home = NONE;
      ALTER TABLE user SCHEMAFULL; DEFINE FIELD place ON user TYPE object; DEFINE FIELD place.city ON user TYPE string; DEFINE FIELD place.tags ON user TYPE array<string>`),
  );
  expect(
    issues.flatMap(({ code, description }) => (code === "field_removed" ? [description] : [])),
  ).toEqual(
    ["home place", "home.city place.city", "home.tags place.tags", "home.tags.* place.tags"].map(
      (pair) => {
        const [from, to] = pair.split(" ");
        return `Removes the field user.${from}. But its value stands in user.${to} then, and took the place of no other: nothing is lost but the place.`;
      },
    ),
  );
});

const made = "DEFINE FIELD other ON user TYPE option<string>;";

test.each([
  [
    "another value",
    people,
    [
      "UPDATE user SET display_name = full_name + ''; UPDATE user SET display_name = string::uppercase(full_name);" +
        remove,
    ],
  ],
  ["some records are left out", people, [move.replace("IS NOT NONE", "= 'Ada'") + remove]],
  [
    "another value is overwritten",
    `${people} UPDATE user:1 SET display_name = 'Countess'`,
    [move + remove],
  ],
  ["the copy is changed later", people, [`${move}${remove} UPDATE user:1 SET display_name = 'x';`]],
  ["the copy is deleted with its record later", people, [`${move}${remove} DELETE user:1;`]],
  [
    "the copy is changed by another migration",
    people,
    [move + remove, "UPDATE user SET display_name = NONE WHERE id = user:1;"],
  ],
  [
    "the copy is removed by another migration",
    people,
    [move + remove, "REMOVE FIELD display_name ON user;"],
  ],
  [
    "an event changes the copy",
    `${people} DEFINE EVENT e ON user WHEN $event = 'UPDATE' AND $after.display_name = 'Ada' THEN { UPDATE user:1 SET display_name = 'x' };`,
    [move + remove],
  ],
  [
    "the field calculates another value",
    `${people} DEFINE FIELD OVERWRITE display_name ON user TYPE option<string> VALUE string::lowercase($value ?? '');`,
    [move + remove],
  ],
  [
    "the field is computed",
    `${people} DEFINE TABLE OVERWRITE user; REMOVE FIELD display_name ON user; DEFINE FIELD display_name ON user COMPUTED full_name;`,
    [`UPDATE user SET display_name = full_name; ${remove}`],
  ],
  [
    "the field is of another type",
    people,
    [
      "DEFINE FIELD OVERWRITE display_name ON user TYPE array<string>; UPDATE user SET display_name = [full_name];" +
        remove,
    ],
  ],
  [
    "there is no such field at the end",
    people
      .replace("SCHEMAFULL", "")
      .replace("DEFINE FIELD display_name ON user TYPE option<string>;", ""),
    [move + remove],
  ],
  [
    "it is the field of another table",
    `${people} ${made.replaceAll("user", "other")}`,
    ["UPDATE other SET display_name = full_name;" + remove],
  ],
  [
    "what was there before the plan is overwritten before it is moved",
    people,
    ["UPDATE user:1 SET full_name = 'Bob';" + move + remove],
  ],
  ["only a comment says so", people, [`-- ${move}\n${remove}`]],
])("what is not proved to be moved is lost as ever: %s", async (_, live, downs) => {
  const issue = await removedField(live, downs);
  expect(issue).toMatchObject({ safety: "data_loss", affectedData: "2 values of user.full_name" });
  expect(issue?.description).toContain(
    "Its values stay stored, without type, default and permissions.",
  );
  expect(issue?.description).not.toContain("nothing is lost");
  expect(issue?.recommendation).toContain("INSERT INTO user_full_name_backup");
});

test("without a look at every record nothing is promised", async () => {
  const issue = await removedField(people, [move + remove], 2);
  expect(issue?.description).not.toContain("nothing is lost");
  const [first] = judgeSteps(stepsOf(move + remove)).issues.filter(
    ({ code }) => code === "field_removed",
  );
  expect(first?.description).not.toContain("nothing is lost");
});
