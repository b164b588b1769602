import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  captureSchema,
  createSnapshot,
  schemaChecksum,
  storeSnapshot,
  verifyChecksum,
} from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

test("it is the SHA-256 of the canonical JSON", () => {
  const text = '{"edges":{},"objects":{"params":{"a":"1","b":"2"}},"tables":{}}';
  const schema = { tables: {}, objects: { params: { b: "2", a: "1" } }, edges: {} };
  expect(schemaChecksum(schema)).toBe(createHash("sha256").update(text).digest("hex"));
});

test("storing snapshots does not change it", async () => {
  await using db = await openDatabase();
  await define(db, corpus.flat());
  const first = await createSnapshot(db, { version: "1" });
  await storeSnapshot(db, first);
  await storeSnapshot(db, { ...first, version: "2" });
  const second = await createSnapshot(db, { version: "3" });
  expect(second.checksum).toBe(first.checksum);
});

test("any definition that is added, changed or removed changes it", async () => {
  await using db = await openDatabase();
  const seen = new Set<string>();
  const statements = [
    "DEFINE TABLE user",
    "DEFINE FIELD bio ON user TYPE string",
    "DEFINE FIELD OVERWRITE bio ON user TYPE option<string>",
    "DEFINE INDEX bio_idx ON user FIELDS bio",
    "DEFINE EVENT log ON user THEN {}",
    "DEFINE FUNCTION fn::one() { RETURN 1 }",
    "DEFINE TABLE OVERWRITE user TYPE RELATION",
    "REMOVE FUNCTION fn::one",
  ];
  for (const statement of statements) {
    await db.query(statement);
    seen.add(schemaChecksum(await captureSchema(db)));
  }
  expect(seen.size).toBe(statements.length);
});

test("verifyChecksum tells whether schema and checksum agree", async () => {
  await using db = await openDatabase();
  await define(db, ["DEFINE TABLE user"]);
  const snapshot = await createSnapshot(db, { version: "1" });
  expect(verifyChecksum(snapshot)).toBe(true);
  expect(verifyChecksum({ ...snapshot, version: "2" })).toBe(true);
  expect(verifyChecksum({ ...snapshot, tables: {} })).toBe(false);
  expect(verifyChecksum({ ...snapshot, edges: snapshot.tables, tables: {} })).toBe(false);
});
