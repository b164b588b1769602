import { afterAll, expect, test } from "vitest";
import {
  alignSchema,
  applyMigrations,
  canonicalSchema,
  captureSchema,
  compareSchemas,
  connect,
  createRollbackPlan,
  createSnapshot,
  schemaChecksum,
  splitStatements,
  storeSnapshot,
  type Database,
  type Migration,
} from "surql";
import { openOlderEngine } from "../server/open-older-engine.ts";

const definitions = [
  "DEFINE TABLE user SCHEMAFULL PERMISSIONS FOR select WHERE id = $auth.id FOR create, update FULL",
  "DEFINE TABLE post SCHEMAFULL",
  "DEFINE TABLE likes TYPE RELATION IN user OUT post ENFORCED",
  "DEFINE TABLE adults AS SELECT id, name FROM user WHERE age >= 18",
  "DEFINE FIELD name ON user TYPE string",
  "DEFINE FIELD age ON user TYPE option<int> DEFAULT 18 ASSERT $value > 0",
  "DEFINE FIELD nick ON user TYPE option<string | int>",
  "DEFINE FIELD `my-field` ON user TYPE option<duration> DEFAULT 90m",
  "DEFINE FIELD role ON user TYPE 'admin' | 'editor' DEFAULT \"editor\" READONLY COMMENT \"it's one\"",
  "DEFINE FIELD tags ON post TYPE array<string, 10>",
  "DEFINE FIELD matrix ON post TYPE array<array<option<float>>>",
  "DEFINE FIELD author ON post TYPE option<record<user>>",
  "DEFINE FIELD at ON post TYPE datetime VALUE time::now() READONLY PERMISSIONS FOR update NONE",
  "DEFINE FIELD parts ON post TYPE array<object>",
  "DEFINE FIELD parts.*.city ON post TYPE option<string>",
  "DEFINE INDEX name_age ON user COLUMNS name, age UNIQUE",
  "DEFINE INDEX tag ON post FIELDS tags",
  "DEFINE EVENT log ON user WHEN $event = 'CREATE' THEN (CREATE audit SET at = time::now())",
  "DEFINE FUNCTION fn::greet($name: option<string>, $n: int) -> string { RETURN 'Hello, ' + ($name ?? \"you\"); } COMMENT 'Greets'",
  "DEFINE PARAM $period VALUE 90m",
  "DEFINE PARAM $settings VALUE { theme: 'dark', `a b`: [1, 2.5] } PERMISSIONS NONE",
  "DEFINE ANALYZER simple TOKENIZERS blank, class FILTERS lowercase, edgengram(2, 10)",
  "DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY 'open-sesame'",
  "DEFINE ACCESS account ON DATABASE TYPE RECORD SIGNUP (CREATE user SET name = $name) SIGNIN (SELECT * FROM user WHERE name = $name) DURATION FOR TOKEN 15m, FOR SESSION 12h",
  "DEFINE USER ada ON DATABASE PASSWORD 'tiger' ROLES OWNER",
  "DEFINE CONFIG GRAPHQL TABLES INCLUDE user FUNCTIONS NONE",
] as const;

const [older, newer] = [await openOlderEngine(), await openNewer()];
afterAll(async () => {
  await older.close();
  await newer.close();
});
await older.query(
  [...definitions, "DEFINE FIELD meta ON post FLEXIBLE TYPE option<object>"].join(";\n"),
);
await newer.query(
  [...definitions, "DEFINE FIELD meta ON post TYPE option<object> FLEXIBLE"].join(";\n"),
);
const [then, now] = [await captureSchema(older), await captureSchema(newer)];
const openScratch = () => newer.openScratch();

function openNewer(): Promise<Database> {
  return connect({ url: "mem://", namespace: "test", database: "test" });
}

test("a schema of SurrealDB 2.6 is the same in 3.0, whichever is compared with the other", async () => {
  expect(older.target.engineVersion).toMatch(/^2\.6/);
  expect(compareSchemas(then, now).map(({ path }) => path)).toContain("post.tags.*");

  expect(compareSchemas(await alignSchema(then, now, openScratch), now)).toEqual([]);
  expect(compareSchemas(await alignSchema(now, then, openScratch), then)).toEqual([]);
});

test("what differs between a schema of 2.6 and one of 3.0 is told, and nothing else", async () => {
  await using changed = await openNewer();
  await changed.query(`
    ${[...definitions, "DEFINE FIELD meta ON post TYPE option<object> FLEXIBLE"].join(";\n")};
    DEFINE FIELD OVERWRITE nick ON user TYPE option<string>;
    DEFINE FIELD OVERWRITE tags.* ON post TYPE string ASSERT $value != '';
    DEFINE FIELD OVERWRITE age ON user TYPE option<int> DEFAULT 19 ASSERT $value > 0;
    DEFINE PARAM OVERWRITE $period VALUE 91m;
    REMOVE INDEX tag ON post;
    REMOVE EVENT log ON user;
    DEFINE TABLE OVERWRITE adults AS SELECT id, name FROM user WHERE age >= 19`);
  const live = await captureSchema(changed);
  const changes = compareSchemas(await alignSchema(then, live, openScratch), live);

  expect(changes.map(({ change, path }) => `${change} ${path}`)).toEqual([
    "modified $period",
    "modified adults",
    "removed post.tag",
    "modified post.tags.*",
    "modified user.age",
    "removed user.log",
    "modified user.nick",
  ]);
});

test("a schema of 2.6 has the checksum of 3.0 when it is written as 3.0 writes it", async () => {
  await using scratch = await openScratch();
  const written = await canonicalSchema(then, scratch);
  expect(compareSchemas(written, now)).toEqual([]);
  expect(schemaChecksum(written)).toBe(schemaChecksum(now));
  await using another = await openScratch();
  expect(await canonicalSchema(now, another)).toEqual(now);
});

function migration(version: string, up: string, down: string): Migration {
  return {
    version,
    description: "",
    parents: version === "1" ? [] : ["1"],
    path: `${version}.surql`,
    format: "surql",
    checksum: version,
    up: splitStatements(up),
    down: splitStatements(down),
    transaction: "required",
  };
}

test.each([
  ["string, 10", []],
  ["string, 11", ["post.tags"]],
])("a plan back to a snapshot of 2.6, which leads to array<%s>", async (type, differences) => {
  await using old = await openOlderEngine();
  await using db = await openNewer();
  const first = "DEFINE TABLE post; DEFINE FIELD tags ON post TYPE option<array<string, 10>>";
  const migrations = [
    migration("1", first, "REMOVE TABLE post"),
    migration(
      "2",
      "DEFINE FIELD OVERWRITE tags ON post TYPE int",
      `DEFINE FIELD OVERWRITE tags ON post TYPE option<array<${type}>>`,
    ),
  ];
  await applyMigrations(db, migrations);
  await old.query(first);
  await storeSnapshot(db, await createSnapshot(old, { version: "1", migrationCount: 1 }));

  const { snapshot } = await createRollbackPlan(db, migrations, "1");
  expect(snapshot?.differences.map(({ path }) => path)).toEqual(differences);
});
