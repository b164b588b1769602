import { describe, expect, test } from "vitest";
import { compareSnapshots, createSnapshot } from "../src/index.ts";
import type { SchemaChange } from "../src/index.ts";
import { define, openDatabase } from "./open-database.ts";

/** What a statement changes in a schema. */
async function changesOf(
  setUp: readonly string[],
  statements: readonly string[],
): Promise<readonly SchemaChange[]> {
  await using db = await openDatabase();
  await define(db, setUp);
  const before = await createSnapshot(db, { version: "1" });
  await define(db, statements);
  const after = await createSnapshot(db, { version: "2" });
  return compareSnapshots(before, after).changes;
}

/** The one change, without the definitions. */
async function changeOf(setUp: readonly string[], ...statements: string[]): Promise<object> {
  const changes = await changesOf(setUp, statements);
  expect(changes).toHaveLength(1);
  const [{ before: _before, after: _after, ...change }] = changes as [SchemaChange];
  return change;
}

describe("what changed", () => {
  const user = ["DEFINE TABLE user SCHEMAFULL", "DEFINE FIELD bio ON user TYPE string"];

  test("a field: the type as people write it", async () => {
    expect(
      await changesOf(user, ["DEFINE FIELD OVERWRITE bio ON user TYPE option<string>"]),
    ).toEqual([
      {
        change: "modified",
        kind: "field",
        table: "user",
        name: "bio",
        path: "user.bio",
        before: "DEFINE FIELD bio ON user TYPE string PERMISSIONS FULL",
        after: "DEFINE FIELD bio ON user TYPE none | string PERMISSIONS FULL",
        attributes: [{ attribute: "type", before: "string", after: "option<string>" }],
      },
    ]);
  });

  test("several attributes of a field, sorted; words that take nothing are true or false", async () => {
    const overwrite =
      "DEFINE FIELD OVERWRITE bio ON user TYPE object FLEXIBLE DEFAULT ALWAYS {} READONLY ASSERT $value != {} COMMENT 'Bio' PERMISSIONS NONE";
    expect(await changeOf(user, overwrite)).toEqual({
      change: "modified",
      kind: "field",
      table: "user",
      name: "bio",
      path: "user.bio",
      attributes: [
        { attribute: "assert", before: undefined, after: "$value != {  }" },
        { attribute: "comment", before: undefined, after: "'Bio'" },
        { attribute: "default", before: undefined, after: "ALWAYS {  }" },
        { attribute: "flexible", before: "false", after: "true" },
        { attribute: "permissions", before: "FULL", after: "FOR select, create, update NONE" },
        { attribute: "readonly", before: "false", after: "true" },
        { attribute: "type", before: "string", after: "object" },
      ],
    });
  });

  test("a table that became a relation is modified, with its new fields", async () => {
    const changes = await changesOf(
      ["DEFINE TABLE likes"],
      ["DEFINE TABLE OVERWRITE likes TYPE RELATION IN a OUT b"],
    );
    expect(
      changes.map(({ change, kind, path, attributes }) => ({ change, kind, path, attributes })),
    ).toEqual([
      {
        change: "modified",
        kind: "table",
        path: "likes",
        attributes: [{ attribute: "type", before: "ANY", after: "RELATION IN a OUT b" }],
      },
      { change: "added", kind: "field", path: "likes.in" },
      { change: "added", kind: "field", path: "likes.out" },
    ]);
  });

  test("an edge, by its own kind", async () => {
    const overwrite = "DEFINE TABLE OVERWRITE likes TYPE RELATION SCHEMAFULL DROP";
    expect(await changeOf(["DEFINE TABLE likes TYPE RELATION"], overwrite)).toEqual({
      change: "modified",
      kind: "edge",
      name: "likes",
      path: "likes",
      attributes: [
        { attribute: "drop", before: "false", after: "true" },
        { attribute: "schema", before: "schemaless", after: "schemafull" },
      ],
    });
  });

  test("a view", async () => {
    const view = "DEFINE TABLE adults AS SELECT bio FROM user";
    expect(
      await changeOf(
        [...user, view],
        "DEFINE TABLE OVERWRITE adults AS SELECT bio FROM user WHERE bio = 'x'",
      ),
    ).toMatchObject({
      kind: "table",
      path: "adults",
      attributes: [
        {
          attribute: "as",
          before: "SELECT bio FROM user",
          after: "SELECT bio FROM user WHERE bio = 'x'",
        },
      ],
    });
  });

  test("a removed table is listed with everything that belongs to it", async () => {
    const changes = await changesOf(
      [...user, "DEFINE INDEX bio ON user FIELDS bio", "DEFINE EVENT log ON user THEN {}"],
      ["REMOVE TABLE user"],
    );
    expect(changes.map(({ change, kind, path }) => `${change} ${kind} ${path}`)).toEqual([
      "removed table user",
      "removed field user.bio",
      "removed index user.bio",
      "removed event user.log",
    ]);
  });

  test.each([
    [
      "DEFINE INDEX i ON user FIELDS bio",
      "REMOVE INDEX i ON user; DEFINE INDEX i ON user FIELDS bio UNIQUE",
      "index",
      "user.i",
      ["unique"],
    ],
    [
      "DEFINE EVENT e ON user THEN {}",
      "DEFINE EVENT OVERWRITE e ON user WHEN $event = 'CREATE' THEN { CREATE x }",
      "event",
      "user.e",
      ["then", "when"],
    ],
    [
      "DEFINE FUNCTION fn::a::b($x: option<int>) { RETURN 1 }",
      "DEFINE FUNCTION OVERWRITE fn::a::b($x: int) { RETURN 2 }",
      "function",
      "fn::a::b",
      ["arguments", "body"],
    ],
    [
      "DEFINE PARAM $limit VALUE 1",
      "DEFINE PARAM OVERWRITE $limit VALUE 2",
      "param",
      "$limit",
      ["value"],
    ],
    [
      "DEFINE ANALYZER a TOKENIZERS blank",
      "DEFINE ANALYZER OVERWRITE a TOKENIZERS class FILTERS ascii",
      "analyzer",
      "analyzer a",
      ["filters", "tokenizers"],
    ],
    [
      "DEFINE ACCESS a ON DATABASE TYPE RECORD",
      "DEFINE ACCESS OVERWRITE a ON DATABASE TYPE RECORD SIGNUP (CREATE user)",
      "access",
      "access a",
      ["signup"],
    ],
    [
      "DEFINE USER a ON DATABASE PASSWORD 'x' ROLES VIEWER",
      "DEFINE USER OVERWRITE a ON DATABASE PASSWORD 'y' ROLES OWNER",
      "user",
      "user a",
      ["roles"],
    ],
    [
      "DEFINE SEQUENCE s",
      "DEFINE SEQUENCE OVERWRITE s BATCH 5",
      "sequence",
      "sequence s",
      ["batch"],
    ],
    [
      "DEFINE CONFIG GRAPHQL AUTO",
      "DEFINE CONFIG OVERWRITE GRAPHQL TABLES NONE FUNCTIONS AUTO",
      "config",
      "config GraphQL",
      ["tables"],
    ],
    [
      "DEFINE API '/a' FOR get THEN { {} }",
      "DEFINE API OVERWRITE '/a' FOR get THEN { { status: 204 } }",
      "api",
      "api /a",
      ["for get"],
    ],
  ])("%s, then %s", async (definition, statement, kind, path, attributes) => {
    const change = (await changeOf([...user, definition], statement)) as SchemaChange;
    expect(change).toMatchObject({ change: "modified", kind, path });
    expect(change.attributes?.map(({ attribute }) => attribute)).toEqual(attributes);
  });

  test("names are quoted in paths, so that each path means one object", async () => {
    const changes = await changesOf(
      [],
      [
        "DEFINE TABLE `a.b`",
        "DEFINE FIELD c ON `a.b`",
        "DEFINE TABLE a",
        "DEFINE FIELD b.c ON a",
        "DEFINE FIELD `b.c` ON a",
      ],
    );
    expect(changes.map(({ path, name }) => [path, name])).toEqual([
      ["`a.b`", "a.b"],
      ["`a.b`.c", "c"],
      ["a", "a"],
      ["a.`b.c`", "`b.c`"],
      ["a.b.c", "b.c"],
    ]);
  });

  test("a table that cannot be read any more does not look as if it had lost its fields", async () => {
    const changes = await changesOf(user, ["DEFINE FIELD `select` ON user"]);
    expect(changes).toMatchObject([
      {
        change: "modified",
        kind: "table",
        path: "user",
        attributes: [{ attribute: "unreadable", after: expect.any(String) }],
      },
    ]);
  });
});
