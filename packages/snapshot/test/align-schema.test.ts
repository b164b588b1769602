import { SurqlError } from "@surql/errors";
import { readStatement } from "@surql/surrealql";
import { expect, test } from "vitest";
import {
  alignSchema,
  captureSchema,
  compareSchemas,
  emptySchema,
  infoAddress,
  type Definitions,
  type InfoAddress,
  type Schema,
} from "../src/index.ts";
import { rewriteSchema } from "../src/alignment/rewrite-schema.ts";
import { corpus } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

const open = openDatabase;
const written = [
  ["fields", "age", "DEFINE FIELD age ON TABLE user TYPE option<int> DEFAULT 1"],
  ["fields", "`name`", 'DEFINE FIELD name ON user DEFAULT "it is" TYPE string'],
  ["fields", "tags[*]", "DEFINE FIELD tags[*] ON user TYPE string"],
  ["fields", "⟨odd name⟩", "DEFINE FIELD ⟨odd name⟩ ON user TYPE duration DEFAULT 90m"],
  ["indexes", "by_name", "DEFINE INDEX by_name ON user COLUMNS name"],
  ["indexes", "text", "DEFINE INDEX text ON user FIELDS name FULLTEXT ANALYZER words BM25"],
  ["events", "log", "DEFINE EVENT log ON user THEN (CREATE audit)"],
  ["functions", "greet", 'DEFINE FUNCTION fn::greet() { RETURN "hello"; }'],
  ["params", "period", "DEFINE PARAM $period VALUE 1h + 30m"],
  [
    "accesses",
    "token",
    "DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY '[REDACTED]'",
  ],
] as const;

function textsOf(kind: string): Definitions {
  return Object.fromEntries(
    written.flatMap(([key, name, text]) => (key === kind ? [[name, text]] : [])),
  );
}

/** A schema with texts as people write them, in place of the engine's. */
function handWritten(): Schema {
  const user = {
    definition: "DEFINE TABLE user SCHEMAFULL",
    fields: textsOf("fields"),
    indexes: textsOf("indexes"),
    events: textsOf("events"),
  };
  const objects = {
    functions: textsOf("functions"),
    params: textsOf("params"),
    accesses: textsOf("accesses"),
  };
  return { tables: { user }, edges: {}, objects };
}

async function captured(more = ""): Promise<Schema> {
  await using db = await openDatabase();
  const texts = written.map(([, , text]) => text.replace("[REDACTED]", "open-sesame"));
  await db.query(`DEFINE TABLE user SCHEMAFULL; ${texts.join(";\n")}; ${more}`);
  return await captureSchema(db);
}

function refuse(): Promise<never> {
  return Promise.reject(new Error("no engine is needed"));
}

function missing(): Promise<never> {
  const [code, category] = ["CONNECTION.ENGINE_MISSING", "usage"] as const;
  return Promise.reject(new SurqlError({ code, category, message: "There is no engine." }));
}

test("what people write is the same as what the engine makes of it", async () => {
  const [text, canonical] = [handWritten(), await captured()];

  expect(compareSchemas(text, canonical).length).toBeGreaterThan(written.length);
  expect(compareSchemas(await alignSchema(text, canonical, open), canonical)).toEqual([]);
  expect(compareSchemas(await alignSchema(canonical, text, open), text)).toEqual([]);
});

test("what means something else stays as it is", async () => {
  const more =
    "DEFINE FIELD OVERWRITE age ON user TYPE option<int> DEFAULT 2; REMOVE EVENT log ON user";
  const [text, canonical] = [handWritten(), await captured(more)];
  const aligned = await alignSchema(text, canonical, open);

  expect(compareSchemas(aligned, canonical)).toMatchObject([
    { change: "modified", path: "user.age", before: text.tables["user"]!.fields["age"] },
    { change: "removed", path: "user.log" },
  ]);
});

function keyOf([table, key, name]: InfoAddress): string {
  return JSON.stringify([table, key, name.replaceAll("`", "")]);
}

/** A schema in which each object that a statement defines is written as in the statement. */
function asWritten(schema: Schema, statements: readonly string[]): Schema {
  const texts = new Map(
    statements.flatMap((text) => {
      const touch = readStatement(text).touches.find(({ effect }) => effect === "define");
      return touch?.effect === "define" ? [[keyOf(infoAddress(touch.object)), text]] : [];
    }),
  );
  const rewritings = compareSchemas(emptySchema, schema).flatMap((object) => {
    const address = infoAddress(object);
    const text = texts.get(keyOf(address));
    return text === undefined ? [] : [{ address, name: address[2], text }];
  });
  return rewriteSchema(schema, rewritings);
}

test("every kind of definition is the same as what the engine makes of it", async () => {
  await using db = await openDatabase();
  for (const stage of corpus) await define(db, stage);
  const canonical = await captureSchema(db);
  const text = asWritten(canonical, corpus.flat());

  expect(compareSchemas(text, canonical).length).toBeGreaterThan(140);
  expect(compareSchemas(await alignSchema(text, canonical, open), canonical)).toEqual([]);
  expect(compareSchemas(await alignSchema(canonical, text, open), text)).toEqual([]);
});

function withIndex(clauses: string): Schema {
  const indexes = { near: `DEFINE INDEX near ON user FIELDS at ${clauses}` };
  const user = { definition: "DEFINE TABLE user SCHEMAFULL", fields: {}, indexes, events: {} };
  return { tables: { user }, edges: {}, objects: {} };
}

test("what no engine here can read is the same when its clauses are", async () => {
  const one = withIndex("DISKANN DIMENSION 4 DIST COSINE COMMENT 'near'");
  const same = withIndex("COMMENT 'near' DISKANN DIMENSION 4 DIST COSINE");
  const other = withIndex("DISKANN DIMENSION 5 DIST COSINE COMMENT 'near'");

  expect(await alignSchema(one, same, open)).toEqual(same);
  expect(await alignSchema(one, other, open)).toEqual(one);
});

test("asks no engine where nothing can be the same", async () => {
  const schema = await captured();
  const nothing: Schema = { tables: {}, edges: {}, objects: {} };

  expect(await alignSchema(schema, schema, refuse)).toBe(schema);
  expect(await alignSchema(schema, nothing, refuse)).toBe(schema);
  expect(await alignSchema(nothing, schema, refuse)).toBe(nothing);
});

test("compares by clauses where there is no embedded engine", async () => {
  const [text, canonical] = [handWritten(), await captured()];
  const left = compareSchemas(await alignSchema(text, canonical, missing), canonical);

  expect(left.map(({ path }) => path)).toContain("user.age");
});
