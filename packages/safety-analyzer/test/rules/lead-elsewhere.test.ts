import { expect, test } from "vitest";
import { analyzeSteps } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const people = `DEFINE TABLE person SCHEMAFULL; DEFINE TABLE human SCHEMAFULL; DEFINE TABLE post SCHEMAFULL; DEFINE FIELD by ON post TYPE record; DEFINE TABLE likes TYPE RELATION;
  CREATE person:1; CREATE post:1 SET by = person:1; CREATE post:2 SET by = person:1; RELATE person:1->likes:1->post:1; RELATE person:1->likes:2->post:2`;

test.each([
  [
    "nothing is led elsewhere",
    "",
    "1 record of person, 2 edges of likes left dangling, 2 records of post with a link left dangling in post.by",
  ],
  [
    "all links are",
    "UPDATE post SET by = human:1;",
    "1 record of person, 2 edges of likes left dangling",
  ],
  [
    "some links are",
    "UPDATE post:1 SET by = human:1;",
    "1 record of person, 2 edges of likes left dangling, 1 record of post with a link left dangling in post.by",
  ],
  [
    "edges are too",
    "UPDATE post SET by = human:1; DELETE likes; RELATE human:1->likes:1->post:1;",
    "1 record of person",
  ],
  [
    "they are led back",
    "UPDATE post SET by = human:1; UPDATE post SET by = person:1;",
    "1 record of person, 2 edges of likes left dangling, 2 records of post with a link left dangling in post.by",
  ],
])(
  "what leads to a removed table is counted as the plan leaves it, where %s",
  async (_, before, affectedData) => {
    await using db = await openDatabase();
    await db.query(people);
    const { issues } = await analyzeSteps(db, stepsOf(`${before} REMOVE TABLE person;`));
    const issue = issues.find(({ code }) => code === "table_removed");
    expect(issue).toMatchObject({ safety: "unsafe", affectedData });
    expect(issue?.description.includes("Links to its records")).toBe(affectedData.includes("link"));
    expect(issue?.description.includes("Edges that led")).toBe(affectedData.includes("edges"));
  },
);
