import { captureSchema, schemaChecksum } from "@surql/snapshot";
import { expect, it } from "vitest";
import { schemaOfDefinitions } from "../../src/index.ts";
import { openEngine } from "./engine.ts";

const files = [
  {
    path: "a.surql",
    text: `OPTION IMPORT;
      DEFINE TABLE top AS SELECT name FROM shown; DEFINE TABLE shown AS SELECT name FROM user;
      DEFINE INDEX name ON user FIELDS name UNIQUE; DEFINE FIELD tags.* ON user TYPE string ASSERT $value != '';`,
  },
  {
    path: "b.surql",
    text: `DEFINE FIELD tags ON user TYPE array<string>; DEFINE FIELD name ON user TYPE string; DEFINE TABLE user SCHEMAFULL;
      DEFINE TABLE likes TYPE RELATION IN user OUT user;`,
  },
];

it("builds definitions in whatever order they stand", async () => {
  const schema = await schemaOfDefinitions(await openEngine(), files);
  const inOrder = await openEngine();
  await inOrder.query(`DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string;
    DEFINE FIELD tags ON user TYPE array<string>; DEFINE FIELD OVERWRITE tags.* ON user TYPE string ASSERT $value != '';
    DEFINE INDEX name ON user FIELDS name UNIQUE; DEFINE TABLE shown AS SELECT name FROM user;
    DEFINE TABLE top AS SELECT name FROM shown; DEFINE TABLE likes TYPE RELATION IN user OUT user;`);
  expect(schema).toEqual(await captureSchema(inOrder));
  const turned = await schemaOfDefinitions(await openEngine(), files.toReversed());
  expect(schemaChecksum(turned)).toBe(schemaChecksum(schema));
});

it.each([
  ["DEFINE TABLE a;\n  DEFINE FEILD b ON a;", 2, 10, /define statement keyword/],
  ["DEFINE TABLE a;\nCREATE a:1;", 2, 1, /CREATE a writes records, and a schema holds none/],
  [
    "DEFINE TABLE a;\nREMOVE TABLE a;",
    2,
    1,
    /REMOVE TABLE changes a schema: write what is to be there as DEFINE/,
  ],
  ["DEFINE TABLE a;\nLET $x = 1;", 2, 1, /LET is no definition of/],
  ["DEFINE TABLE a;\n\nDEFINE TABLE a SCHEMAFULL;", 3, 1, /defined in x.surql:1 already/],
  ["DEFINE TABLE a AS SELECT * FROM nowhere;", 1, 1, /nowhere/],
  ["DEFINE NAMESPACE other;", 1, 1, /NAMESPACE/],
])("refuses %j at its line and column", async (text, line, column, reason) => {
  const reading = schemaOfDefinitions(await openEngine(), [{ path: "x.surql", text }]);
  await expect(reading).rejects.toMatchObject({
    code: "GENERATOR.INVALID_DEFINITIONS",
    meta: { problems: [{ file: "x.surql", line, column, reason: expect.stringMatching(reason) }] },
  });
});

it("names every statement that it cannot use, and says where records belong", async () => {
  const seeds = { path: "seeds.surql", text: "INSERT INTO a { x: 1 };\nupdate a SET x = 2" };
  const reading = schemaOfDefinitions(await openEngine(), [
    { path: "a.surql", text: "DEFINE TABLE a; DELETE a" },
    seeds,
  ]);
  await expect(reading).rejects.toMatchObject({
    message: `The schema cannot be read:
  a.surql:1:17: DELETE a writes records, and a schema holds none
  seeds.surql:1:1: INSERT INTO writes records, and a schema holds none
  seeds.surql:2:1: update a writes records, and a schema holds none`,
    nextActions: [
      "Correct the files. Nothing was written.",
      expect.stringContaining("into a migration (surql migrate create NAME)"),
    ],
  });
});
