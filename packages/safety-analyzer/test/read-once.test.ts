import { splitStatements } from "@surql/surrealql";
import { expect, test } from "vitest";
import { readLiveSchema } from "../src/live-schema.ts";
import { suspectCode } from "../src/suspect-code.ts";
import { trialStatements } from "../src/trial-statements.ts";

const schema = {
  tables: {
    user: {
      definition: "DEFINE TABLE user TYPE NORMAL SCHEMAFULL PERMISSIONS NONE",
      fields: { bio: "DEFINE FIELD bio ON user TYPE string PERMISSIONS FULL" },
      indexes: {},
      events: { log: "DEFINE EVENT log ON user WHEN true THEN (CREATE entry)" },
    },
  },
  edges: {},
  objects: {},
};
const statements = splitStatements("DEFINE FIELD OVERWRITE bio ON user TYPE int");

test("a schema and its code are read once, however many ask", () => {
  const live = readLiveSchema(schema);
  expect(readLiveSchema(schema)).toBe(live);
  expect(readLiveSchema({ ...schema })).not.toBe(live);
  expect(suspectCode(live)).toBe(suspectCode(live));
  expect(suspectCode(live).map(({ object }) => object.name)).toEqual(["log"]);
});

test("the statements for trials on a table are chosen once", () => {
  const statementsFor = trialStatements([{ migration: "1", statements }], schema);
  expect(statementsFor("user")).toEqual([statements[0]!.text]);
  expect(statementsFor("user")).toBe(statementsFor("user"));
  expect(statementsFor("post")).toEqual([]);
});
