import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@surql/connection";
import { captureSchema, schemaChecksum, type Schema } from "@surql/snapshot";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findRenames, migrationBetween, type MigrationScript } from "../../src/index.ts";
import { openEngine } from "../generate/engine.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-renames-"));
});
afterAll(() => rm(folder, { recursive: true, maxRetries: 10 }));

interface Case {
  readonly before: string;
  readonly after: string;
  readonly records: string;
  /** What is asked before, and what has to be the answer after, under the new names. */
  readonly look: readonly [before: string, after: string];
  readonly found: readonly string[];
}

const people = `DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string;`;
const audited = `DEFINE TABLE log; DEFINE EVENT seen ON person THEN { CREATE log };
  DEFINE FIELD changed ON person TYPE datetime VALUE time::now(); DEFINE FIELD n ON person TYPE option<int> DEFAULT ALWAYS 7;`;

const cases: Readonly<Record<string, Case>> = {
  "a field of a table that takes no other": {
    before: `${people} DEFINE FIELD bio ON person TYPE string ASSERT $value != '';`,
    after: `${people} DEFINE FIELD about ON person TYPE string ASSERT $value != '' READONLY;`,
    records: "CREATE person:1 SET name = 'a', bio = 'x'; CREATE person:2 SET name = 'b', bio = 'y'",
    look: ["SELECT id, name, bio AS it FROM person", "SELECT id, name, about AS it FROM person"],
    found: ["person.bio about"],
  },
  "a field that may be missing, or be NULL": {
    before: "DEFINE TABLE person; DEFINE FIELD bio ON person TYPE option<string | null>;",
    after: "DEFINE TABLE person; DEFINE FIELD about ON person TYPE option<string | null>;",
    records:
      "CREATE person:1; CREATE person:2 SET bio = NULL; CREATE person:3 SET bio = 'x', other = 1",
    look: ["SELECT id, bio AS it, other FROM person", "SELECT id, about AS it, other FROM person"],
    found: ["person.bio about"],
  },
  "an object with all that is in it": {
    before: `${people} DEFINE FIELD home ON person TYPE object; DEFINE FIELD home.city ON person TYPE string; DEFINE FIELD home.tags ON person TYPE array<string>;`,
    after: `${people} DEFINE FIELD address ON person TYPE object; DEFINE FIELD address.city ON person TYPE string; DEFINE FIELD address.tags ON person TYPE array<string>;`,
    records: "CREATE person:1 SET name = 'a', home = { city: 'x', tags: ['a', 'b'] }",
    look: ["SELECT home AS it FROM person", "SELECT address AS it FROM person"],
    found: ["person.home address"],
  },
  "a field within an object": {
    before: `${people} DEFINE FIELD home ON person TYPE object; DEFINE FIELD home.city ON person TYPE string;`,
    after: `${people} DEFINE FIELD home ON person TYPE object; DEFINE FIELD home.town ON person TYPE string;`,
    records: "CREATE person:1 SET name = 'a', home = { city: 'x' }",
    look: ["SELECT home.city AS it FROM person", "SELECT home.town AS it FROM person"],
    found: ["person.home.city home.town"],
  },
  "a field beside what runs and is filled in with every write": {
    before: `${people} ${audited} DEFINE FIELD bio ON person TYPE string;`,
    after: `${people} ${audited} DEFINE FIELD about ON person TYPE string;`,
    records: "CREATE person:1 SET name = 'a', bio = 'x'; UPDATE person SET n = 3; DELETE log",
    look: [
      "SELECT changed, n, bio AS it FROM person; SELECT * FROM log",
      "SELECT changed, n, about AS it FROM person; SELECT * FROM log",
    ],
    found: ["person.bio about"],
  },
  "a table, with the links to it": {
    before: `${people} DEFINE FIELD upper ON person COMPUTED string::uppercase(name); DEFINE EVENT seen ON person THEN { CREATE log }; DEFINE TABLE log;
      DEFINE TABLE post SCHEMAFULL; DEFINE FIELD by ON post TYPE option<record<person>>; DEFINE FIELD those ON post TYPE array<record<person>>;`,
    after: `DEFINE TABLE author SCHEMAFULL; DEFINE FIELD name ON author TYPE string; DEFINE FIELD upper ON author COMPUTED string::uppercase(name); DEFINE EVENT seen ON author THEN { CREATE log }; DEFINE TABLE log;
      DEFINE TABLE post SCHEMAFULL; DEFINE FIELD by ON post TYPE option<record<author>>; DEFINE FIELD those ON post TYPE array<record<author>>;`,
    records: `CREATE person:1 SET name = 'a'; CREATE person:abc SET name = 'b'; CREATE person:[1, 'x'] SET name = 'c'; DELETE log;
      CREATE post:1 SET by = person:1, those = [person:1, person:abc]; CREATE post:2 SET those = []`,
    look: [
      "SELECT record::id(id) AS key, name, upper FROM person; SELECT id, by.name, those.name FROM post; SELECT * FROM log",
      "SELECT record::id(id) AS key, name, upper FROM author; SELECT id, by.name, those.name FROM post; SELECT * FROM log",
    ],
    found: ["person author"],
  },
  "a table, with the edges between its records": {
    before: `${people} DEFINE TABLE post; DEFINE TABLE log; DEFINE TABLE likes SCHEMAFULL TYPE RELATION IN person OUT person | post ENFORCED; DEFINE FIELD since ON likes TYPE int READONLY;
      DEFINE FIELD n ON likes TYPE option<int> DEFAULT 7; DEFINE INDEX ends ON likes FIELDS in, out UNIQUE; DEFINE EVENT seen ON likes THEN { CREATE log };`,
    after: `DEFINE TABLE author SCHEMAFULL; DEFINE FIELD name ON author TYPE string; DEFINE TABLE post; DEFINE TABLE log; DEFINE TABLE likes SCHEMAFULL TYPE RELATION IN author OUT author | post ENFORCED; DEFINE FIELD since ON likes TYPE int READONLY;
      DEFINE FIELD n ON likes TYPE option<int> DEFAULT 7; DEFINE INDEX ends ON likes FIELDS in, out UNIQUE; DEFINE EVENT seen ON likes THEN { CREATE log };`,
    records: `CREATE person:1 SET name = 'a'; CREATE person:2 SET name = 'b'; CREATE post:1; RELATE person:1->likes:7->person:2 SET since = 3; RELATE person:2->likes:[1, 'x']->post:1 SET since = 4;
      UPDATE likes:7 SET n = NONE; DELETE log`,
    look: [
      "SELECT id, since, n, in.name, record::id(out) FROM likes; SELECT VALUE [->likes, <-likes] FROM person; SELECT VALUE <-?.id FROM post; SELECT VALUE id FROM likes WHERE in = person:2; SELECT * FROM log",
      "SELECT id, since, n, in.name, record::id(out) FROM likes; SELECT VALUE [->likes, <-likes] FROM author; SELECT VALUE <-?.id FROM post; SELECT VALUE id FROM likes WHERE in = author:2; SELECT * FROM log",
    ],
    found: ["person author"],
  },
  "a relation": {
    before: `${people} DEFINE TABLE likes TYPE RELATION IN person OUT person; DEFINE FIELD since ON likes TYPE int;`,
    after: `${people} DEFINE TABLE admires TYPE RELATION IN person OUT person; DEFINE FIELD since ON admires TYPE int;`,
    records:
      "CREATE person:1 SET name = 'a'; CREATE person:2 SET name = 'b'; RELATE person:1->likes:7->person:2 SET since = 3",
    look: [
      "SELECT record::id(id) AS key, in, out, since FROM likes; SELECT VALUE ->likes->person FROM person:1",
      "SELECT record::id(id) AS key, in, out, since FROM admires; SELECT VALUE ->admires->person FROM person:1",
    ],
    found: ["likes admires"],
  },
};

async function schemaOf(definitions: string): Promise<Schema> {
  const db = await openEngine();
  await db.query(definitions);
  return captureSchema(db);
}

async function run(db: Database, { statements }: MigrationScript): Promise<void> {
  await db.transact(statements.map(({ text }) => ({ text })));
}

async function answers(db: Database, sql: string): Promise<string> {
  const results = await db.query(sql);
  return JSON.stringify(results, (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value,
  );
}

it.each(
  Object.entries(cases).flatMap(([name, one]) =>
    (["mem", "surrealkv"] as const).map((store) => [name, store, one] as const),
  ),
)("moves %s there and back on %s", async (name, store, one) => {
  const url = store === "mem" ? "mem://" : `surrealkv://${join(folder, name.replaceAll(" ", "_"))}`;
  const db = await openEngine(url);
  await db.query(one.before);
  const before = await captureSchema(db);
  const after = await schemaOf(one.after);
  const renames = findRenames(before, after);
  expect(
    renames.map(({ table, from, to }) => `${table === undefined ? "" : `${table}.`}${from} ${to}`),
  ).toEqual(one.found);

  await db.query(one.records);
  const said = await answers(db, one.look[0]);
  const all = await answers(db, "SELECT * FROM person; SELECT * FROM ONLY person LIMIT 1");
  const { up, down } = migrationBetween(before, after, renames);
  await run(db, up);
  expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(after));
  expect(await answers(db, one.look[1])).toBe(said);
  await run(db, down);
  expect(schemaChecksum(await captureSchema(db))).toBe(schemaChecksum(before));
  expect(await answers(db, one.look[0])).toBe(said);
  expect(await answers(db, "SELECT * FROM person; SELECT * FROM ONLY person LIMIT 1")).toBe(all);
});

it("finds nothing where types differ, nor where nothing is stored", async () => {
  const before = await schemaOf(
    `${people} DEFINE FIELD a ON person TYPE int; DEFINE FIELD c ON person COMPUTED name; DEFINE TABLE v AS SELECT name FROM person;`,
  );
  const after = await schemaOf(
    `${people} DEFINE FIELD b ON person TYPE float; DEFINE FIELD d ON person COMPUTED name; DEFINE TABLE w AS SELECT name FROM person;`,
  );
  expect(findRenames(before, after)).toEqual([]);
});

it("pairs each name once, equal definitions first", async () => {
  const before = await schemaOf(
    `${people} DEFINE FIELD a ON person TYPE int; DEFINE FIELD b ON person TYPE int DEFAULT 3;`,
  );
  const after = await schemaOf(
    `${people} DEFINE FIELD x ON person TYPE int DEFAULT 3; DEFINE FIELD y ON person TYPE int;`,
  );
  expect(findRenames(before, after).map(({ from, to }) => [from, to])).toEqual([
    ["a", "y"],
    ["b", "x"],
  ]);
});

const linked = (
  name: string,
  more = "",
) => `DEFINE TABLE ${name} SCHEMAFULL; DEFINE FIELD n ON ${name} TYPE int;
    DEFINE TABLE likes SCHEMAFULL TYPE RELATION IN ${name} OUT ${name}; ${more}`;

async function notMoved(before: string, after: string): Promise<readonly string[]> {
  const schemas = [await schemaOf(before), await schemaOf(after)] as const;
  const { up } = migrationBetween(...schemas, findRenames(...schemas));
  return up.notMoved.map(({ path, reason }) => `${path} ${reason}`);
}

it("says which links are not led to the new name, and why", async () => {
  const more =
    "DEFINE TABLE note; DEFINE FIELD any ON likes TYPE any; DEFINE FIELD free ON likes TYPE array<object> FLEXIBLE;";
  expect(await notMoved(linked("person", more), linked("author", more))).toEqual([
    "likes.any may hold links to the old name that its type does not tell of",
    "likes.free may hold links to the old name that its type does not tell of",
    "note may hold links to the old name in fields that are not defined",
  ]);
  const still = "DEFINE FIELD by ON likes TYPE record<person>";
  expect(await notMoved(linked("person", still), linked("author", still))).toEqual([
    "likes.by still leads to the old name: its type does not take the new one",
  ]);
});

it.each([
  [
    "DEFINE TABLE about TYPE RELATION IN likes OUT likes SCHEMAFULL",
    "edges of about lead to records of likes, and would be deleted with them",
  ],
  [
    "DEFINE TABLE note SCHEMAFULL; DEFINE FIELD those ON note TYPE array<record<likes>> REFERENCE ON DELETE UNSET",
    "note.those refers to records of likes",
  ],
])("leaves edges as they are where deleting them does more: %s", async (more, why) => {
  const said = ["in", "out"].map((end) => `likes.${end} still leads to the old name: ${why}`);
  expect(await notMoved(linked("person", more), linked("author", more))).toEqual(said);
});

it("stops where edges lead to those that move and no type said so, and changes nothing", async () => {
  const more = "DEFINE TABLE about TYPE RELATION";
  const [before, after] = [
    await schemaOf(linked("person", more)),
    await schemaOf(linked("author", more)),
  ];
  const { up } = migrationBetween(before, after, findRenames(before, after));
  const db = await openEngine();
  await db.query(
    `${linked("person", more)}; CREATE person:1 SET n = 1; RELATE person:1->likes:1->person:1; RELATE person:1->about:1->likes:1`,
  );
  const was = await answers(db, "SELECT * FROM person, likes, about");
  await expect(run(db, up)).rejects.toThrow("Other edges lead to these");
  expect(await answers(db, "SELECT * FROM person, likes, about")).toBe(was);
  await db.query("DELETE about");
  await run(db, up);
  expect(await answers(db, "SELECT VALUE in FROM likes")).toContain("author");
});
