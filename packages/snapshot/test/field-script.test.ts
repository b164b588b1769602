import { expect, test } from "vitest";
import { captureSchema, differenceScript, type Schema } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";

async function schemaBy(...statements: readonly string[]): Promise<Schema> {
  await using db = await openDatabase();
  for (const statement of statements) await db.query(statement);
  return await captureSchema(db);
}

/** What the script makes of the first; no statement of it may be refused. */
async function turned(before: readonly string[], after: Schema): Promise<Schema> {
  await using db = await openDatabase();
  for (const statement of before) await db.query(statement);
  for (const { text } of differenceScript(await captureSchema(db), after).statements) {
    await db.query(text);
  }
  return await captureSchema(db);
}

/** Ways to fields that no `DEFINE` in their order leads to: 3.0.2 compares types, and refuses more, as it defines. */
const ways: Readonly<Record<string, readonly string[]>> = {
  "an array became a string, and what it held stayed": [
    "DEFINE FIELD tags ON user TYPE array<int>",
    "DEFINE FIELD OVERWRITE tags ON user TYPE string DEFAULT 'none' READONLY",
  ],
  "an object became a record, and what it held stayed": [
    "DEFINE FIELD home ON user TYPE object",
    "DEFINE FIELD home.city ON user TYPE string ASSERT $value != ''",
    "DEFINE FIELD OVERWRITE home ON user TYPE record<user>",
  ],
  "a flexible object on a table that is no longer SCHEMAFULL": [
    "DEFINE TABLE user SCHEMAFULL",
    "DEFINE FIELD tags ON user TYPE object FLEXIBLE DEFAULT {}",
    "ALTER TABLE user SCHEMALESS",
  ],
  "a computed field over an array": ["DEFINE FIELD tags ON user COMPUTED [1] TYPE array<int>"],
  "an index over the elements of a computed field": [
    "DEFINE FIELD tags ON user COMPUTED [2] TYPE array<int>",
    "DEFINE INDEX by_tag ON user FIELDS tags.*",
  ],
  "a field inside of what is computed elsewhere": ["DEFINE FIELD tags.* ON user TYPE string"],
  "an index over elements": [
    "DEFINE FIELD tags ON user TYPE array<int>",
    "DEFINE INDEX by_tag ON user FIELDS tags.*",
  ],
  "elements of several arrays and sets": [
    "DEFINE FIELD tags ON user TYPE array<int> | set<int> | array",
    "DEFINE FIELD home ON user TYPE array<array<int> | set<array<float>> | string>",
  ],
  "elements of any type, in unions and not": [
    "DEFINE FIELD tags ON user TYPE option<array<set>>",
    "DEFINE FIELD home ON user TYPE array<array>",
  ],
  "elements that were taken away": [
    "DEFINE FIELD tags ON user TYPE array<array<string>>",
    "REMOVE FIELD tags.* ON user",
  ],
  "elements of any type that a union had": [
    "DEFINE FIELD tags ON user TYPE option<array>",
    "DEFINE FIELD home ON user TYPE option<array<array>>",
    "DEFINE FIELD sets ON user TYPE array<none | set>",
    "REMOVE FIELD tags.* ON user",
    "REMOVE FIELD home.*.* ON user",
    "REMOVE FIELD sets.*.* ON user",
  ],
  "elements of elements": [
    "DEFINE FIELD tags ON user TYPE array<object>",
    "DEFINE FIELD tags.*.label ON user TYPE array<set<int>>",
  ],
  "a literal with other fields than those defined": [
    "DEFINE FIELD home ON user TYPE object",
    "DEFINE FIELD home.city ON user TYPE string",
    "DEFINE FIELD OVERWRITE home ON user TYPE { street: string }",
  ],
};

test.each(Object.entries(ways))("%s", async (_, after) => {
  const wanted = await schemaBy(...after);
  for (const before of [[], ...Object.values(ways)]) {
    expect(await turned(before, wanted)).toEqual(wanted);
  }
});
