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
      affectedData: "1 record of user, 2 edges of likes, 1 record of note",
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
