import { expect, test } from "vitest";
import { captureSchema, createSnapshot, schemaChecksum } from "../src/index.ts";
import { caught } from "./caught.ts";
import { define, openDatabase } from "./open-database.ts";

const now = (): Date => new Date("2026-01-09T12:00:00.123Z");

test("a snapshot is the schema with what is known about it", async () => {
  await using db = await openDatabase();
  await define(db, ["DEFINE TABLE user", "DEFINE TABLE likes TYPE RELATION"]);
  const schema = await captureSchema(db);
  expect(await createSnapshot(db, { version: "20260109_120000", migrationCount: 3, now })).toEqual({
    format: 1,
    version: "20260109_120000",
    createdAt: "2026-01-09T12:00:00.123Z",
    migrationCount: 3,
    checksum: schemaChecksum(schema),
    engineVersion: db.target.engineVersion,
    ...schema,
  });
});

test("applied migrations are counted when the caller does not say", async () => {
  await using db = await openDatabase();
  expect((await createSnapshot(db, { version: "1" })).migrationCount).toBe(0);
  await define(db, ["DEFINE TABLE _migration_history"]);
  expect((await createSnapshot(db, { version: "1" })).migrationCount).toBe(0);
  await db.query("CREATE _migration_history:a; CREATE _migration_history:b");
  expect((await createSnapshot(db, { version: "1" })).migrationCount).toBe(2);
});

test("everything is asked in one round trip, the number of applied migrations included", async () => {
  await using db = await openDatabase();
  await define(db, ["DEFINE TABLE user", "DEFINE TABLE _migration_history"]);
  let asked = 0;
  const query: typeof db.query = (sql, bindings) => {
    asked += 1;
    return db.query(sql, bindings);
  };
  await createSnapshot({ query, target: db.target }, { version: "1" });
  expect(asked).toBe(1);
});

test("a transaction without a migration history has no applied migrations", async () => {
  await using db = await openDatabase();
  const snapshot = await db.transaction((transaction) =>
    createSnapshot(transaction, { version: "1" }),
  );
  expect(snapshot.migrationCount).toBe(0);
});

test("a snapshot without a version is refused", async () => {
  await using db = await openDatabase();
  expect((await caught(() => createSnapshot(db, { version: "" }))).code).toBe(
    "SNAPSHOT.INVALID_VERSION",
  );
});
