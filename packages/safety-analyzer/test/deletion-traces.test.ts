import { expect, test } from "vitest";
import { analyzeSteps } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

test("a deletion tells what goes along, and whose links lead nowhere then", async () => {
  await using db = await openDatabase();
  await db.query(`DEFINE TABLE likes TYPE RELATION IN user OUT user; DEFINE TABLE far TYPE RELATION IN post OUT post;
    DEFINE FIELD author ON post TYPE option<record<user>>; DEFINE FIELD editor ON post TYPE option<record<admin>>;
    DEFINE FIELD author ON note TYPE record<user> REFERENCE ON DELETE CASCADE;
    CREATE user:1, user:2, user:3; CREATE post:1 SET author = user:1; CREATE note:1 SET author = user:1;
    RELATE user:1->likes:1->user:2; RELATE user:2->likes:2->user:1; RELATE user:2->likes:3->user:3;`);
  const { issues } = await analyzeSteps(db, stepsOf("DELETE user:1"));
  expect(issues).toMatchObject([
    {
      affectedData:
        "1 record of user, 2 edges of likes, 1 record of note, 1 record of post with a link left dangling in post.author",
      description: expect.stringContaining("Links in post.author that lead to them"),
      impact: { records: 1, exact: true },
    },
  ]);
  await db.query("DELETE user:1");
  expect(await db.query("SELECT VALUE id FROM likes, note")).toMatchObject([[{ id: 3 }]]);
});

test("nothing is told where nothing is deleted, and nothing rests on it", async () => {
  await using db = await openDatabase();
  await db.query(
    "DEFINE FIELD author ON post TYPE record<user>; CREATE user:1; CREATE post:1 SET author = user:1",
  );
  const { issues, assumptions } = await analyzeSteps(db, stepsOf("DELETE user WHERE id = user:2"));
  expect(issues[0]?.affectedData).toBe("0 records of user");
  expect(issues[0]?.description).not.toContain("post");
  expect(assumptions?.map(({ description }) => description)).toEqual([
    "no record of user matches id = user:2",
  ]);
});

/** What is said of links when `down` runs. */
async function dangling(schema: string, down: string): Promise<readonly (string | undefined)[]> {
  await using db = await openDatabase();
  await db.query(schema);
  const { issues } = await analyzeSteps(db, stepsOf(down));
  return issues.flatMap(({ code, affectedData }) =>
    code === "records_deleted" ? [affectedData?.split(", ").slice(1).join(", ")] : [],
  );
}

const users = "CREATE user:1, user:2, user:3;";

test.each([
  ["a field", "record<user>", ["user:1", "user:2", "user:1"], "2 records"],
  ["a list", "array<record<user>>", ["[user:3, user:1]", "[user:2]", "[]"], "1 record"],
  ["a set", "set<record<user>>", ["<set>[user:3, user:1]", "<set>[user:2]", "<set>[]"], "1 record"],
  ["what dangled before", "record<user>", ["user:9", "user:1", "user:2"], "1 record"],
])("the records whose links are left dangling are counted in %s", async (_, type, values, says) => {
  const posts = values.map((value, at) => `CREATE post:${at} SET by = ${value};`).join(" ");
  const schema = `DEFINE TABLE post SCHEMAFULL; DEFINE FIELD by ON post TYPE ${type}; ${users} ${posts}`;
  const where = type.startsWith("record") ? "post.by" : "post.by.*";
  const said = `${says} of post with a link left dangling in ${where}`;
  expect(await dangling(schema, "DELETE user WHERE id = user:1")).toEqual([said]);
  expect(await dangling(schema, "FOR $n IN [1, 7] { DELETE type::record('user', $n) }")).toEqual([
    said,
  ]);
});

test.each([
  ["a record that stays", "DELETE user:3", ""],
  ["a record that is made anew", "DELETE user:1; CREATE user:1", ""],
  ["a record elsewhere after the plan", "UPDATE post SET by = user:2; DELETE user:1", ""],
  ["a table that is removed too", "DELETE user:1; REMOVE TABLE post", ""],
])("a link to %s is not left dangling", async (_, down, said) => {
  const schema = `DEFINE TABLE post SCHEMAFULL; DEFINE FIELD by ON post TYPE record<user>; ${users} CREATE post:1 SET by = user:1;`;
  expect(await dangling(schema, down)).toEqual([said]);
});

test("links within the table, and those that no type tells, are found as well", async () => {
  const schema = `DEFINE FIELD friend ON user TYPE option<record<user>>; ${users} UPDATE user:2 SET friend = user:1;
    DEFINE TABLE \`my note\`; CREATE \`my note\`:1 SET user = user:2, to = { user: [user:1] };
    CREATE \`my note\`:2 SET user = user:2, text = 'user:1';`;
  expect(await dangling(schema, "DELETE user:1")).toEqual([
    "1 record of user with a link left dangling in user.friend, 1 record of my note with a link left dangling",
  ]);
  // Of links that only stand in values without a type it tells where the plan is tried anyway.
  const untyped = `${users} CREATE note:1 SET to = user:1`;
  expect(await dangling(untyped, "IF true { DELETE user:1 }")).toEqual([
    "1 record of note with a link left dangling",
  ]);
  expect(await dangling(schema, "DELETE user")).toEqual([
    "2 records of my note with a link left dangling",
  ]);
});
