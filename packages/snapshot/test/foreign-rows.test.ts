import type { Database } from "@surql/connection";
import { describe, expect, test } from "vitest";
import {
  createSnapshot,
  deleteSnapshot,
  listSnapshots,
  loadSnapshot,
  storeSnapshot,
} from "../src/index.ts";
import { caught } from "./caught.ts";
import { define, openDatabase } from "./open-database.ts";

describe("rows of another port", () => {
  const checksum = "ab".repeat(32);

  /** The table as surql's Python port makes it, with a row under a random name, without definitions. */
  async function storeAsPythonDoes(db: Database, version: string): Promise<void> {
    await define(db, [
      "DEFINE TABLE _schema_snapshot SCHEMAFULL",
      "DEFINE FIELD version ON TABLE _schema_snapshot TYPE string",
      "DEFINE FIELD created_at ON TABLE _schema_snapshot TYPE datetime",
      "DEFINE FIELD tables ON TABLE _schema_snapshot TYPE object",
      "DEFINE FIELD edges ON TABLE _schema_snapshot TYPE object",
      "DEFINE FIELD indexes ON TABLE _schema_snapshot TYPE object",
      "DEFINE FIELD checksum ON TABLE _schema_snapshot TYPE string",
      "DEFINE FIELD migration_count ON TABLE _schema_snapshot TYPE int",
      "DEFINE INDEX version_idx ON TABLE _schema_snapshot COLUMNS version UNIQUE",
    ]);
    await db.query(
      `CREATE _schema_snapshot CONTENT { version: $version, created_at: d'2026-01-09T12:00:00.123456789Z',
        tables: {}, edges: {}, indexes: {}, checksum: $checksum, migration_count: 5 }`,
      { version, checksum },
    );
  }

  test("are listed, and say what they lack when they are loaded", async () => {
    await using db = await openDatabase();
    await storeAsPythonDoes(db, "1");
    expect(await listSnapshots(db)).toEqual([
      { version: "1", createdAt: "2026-01-09T12:00:00.123Z", tables: 0, migrations: 5, checksum },
    ]);
    expect((await caught(() => loadSnapshot(db, "1"))).code).toBe("SNAPSHOT.WITHOUT_SCHEMA");
  });

  test("can be deleted", async () => {
    await using db = await openDatabase();
    await storeAsPythonDoes(db, "1");
    expect(await deleteSnapshot(db, "1")).toBe(true);
    expect(await listSnapshots(db)).toEqual([]);
  });

  test("give way to a snapshot of ours, for which the table is made fit", async () => {
    await using db = await openDatabase();
    await storeAsPythonDoes(db, "1");
    await storeAsPythonDoes(db, "2").catch(() => undefined);
    await define(db, ["DEFINE TABLE user", "DEFINE INDEX i ON user FIELDS a"]);
    const snapshot = await createSnapshot(db, { version: "1" });
    await storeSnapshot(db, snapshot);
    expect(await loadSnapshot(db, "1")).toEqual(snapshot);
    expect((await listSnapshots(db)).filter(({ version }) => version === "1")).toHaveLength(1);
  });
});

describe("a corrupt row", () => {
  const rows = [
    ["its schema is gone", "schema = NONE", /schema is not JSON/],
    ["its schema is cut off", "schema = string::slice(schema, 0, 10)", /schema is not JSON/],
    [
      "its schema was changed",
      "schema = string::replace(schema, 'user', 'usex')",
      /checksum is not that of schema/,
    ],
    [
      "its checksum was changed",
      "checksum = string::repeat('0', 64)",
      /checksum is not that of schema/,
    ],
    ["its checksum is none", "checksum = 'x'", /checksum is not a SHA-256/],
    ["it calls itself otherwise", "version = 'other'", /version is "other"/],
    [
      "it holds something else",
      "schema = '[]', checksum = crypto::sha256('[]')",
      /schema is not JSON/,
    ],
    [
      "it holds half a schema",
      `schema = '{"tables":{"user":{}},"edges":1}', checksum = crypto::sha256('{"tables":{"user":{}},"edges":1}')`,
      /tables\.user\.definition is missing; tables\.user\.fields is missing.*edges is not an object.*objects is missing/,
    ],
    ["its count is below zero", "migration_count = -1", /migrationCount is not a count/],
  ] as const;

  test.each(rows)("where %s, is an error that says so", async (_, change, message) => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user"]);
    await storeSnapshot(db, await createSnapshot(db, { version: "1" }));
    await db.query(`UPDATE _schema_snapshot SET ${change}`);
    const error = await caught(() => loadSnapshot(db, "1"));
    expect(error.code).toBe("SNAPSHOT.CORRUPT");
    expect(error.message).toMatch(message);
    expect(error.message).toContain("_schema_snapshot:`1`");
    expect(await deleteSnapshot(db, "1")).toBe(true);
  });

  test("of a newer format is told apart", async () => {
    await using db = await openDatabase();
    await storeSnapshot(db, await createSnapshot(db, { version: "1" }));
    await db.query("UPDATE _schema_snapshot SET format = 2");
    expect((await caught(() => loadSnapshot(db, "1"))).code).toBe("SNAPSHOT.UNSUPPORTED_FORMAT");
  });

  test("is not skipped in a list", async () => {
    await using db = await openDatabase();
    await db.query("CREATE _schema_snapshot:odd SET version = 1, created_at = 'yesterday'");
    const error = await caught(() => listSnapshots(db));
    expect(error.code).toBe("SNAPSHOT.CORRUPT");
    expect(error.message).toContain(
      "_schema_snapshot:odd cannot be used: version is not a text; createdAt is not a point in time",
    );
  });
});
