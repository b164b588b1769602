import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@surql/connection";
import { describe, expect, test } from "vitest";
import {
  createSnapshot,
  deleteSnapshot,
  listSnapshots,
  loadSnapshot,
  snapshotScript,
  storeSnapshot,
} from "../src/index.ts";
import type { SchemaSnapshot } from "../src/index.ts";
import { caught } from "./caught.ts";
import { corpus } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

describe("store and load", () => {
  test("what is loaded is what was stored, odd names and all", async () => {
    await using db = await openDatabase();
    await define(db, corpus.flat());
    const snapshot = await createSnapshot(db, { version: "20260109_120000", migrationCount: 7 });
    await storeSnapshot(db, snapshot);
    expect(await loadSnapshot(db, "20260109_120000")).toEqual(snapshot);
  });

  test("on a file store too, after it was opened again", async () => {
    const folder = await mkdtemp(join(tmpdir(), "surql-snapshot-"));
    const config = {
      url: `surrealkv://${join(folder, "db")}`,
      namespace: "test",
      database: "test",
    };
    try {
      const first = await connect(config);
      await define(first, ["DEFINE TABLE user", "DEFINE FIELD bio ON user TYPE string"]);
      const snapshot = await createSnapshot(first, { version: "1" });
      await storeSnapshot(first, snapshot);
      await storeSnapshot(first, snapshot);
      await first.close();
      await using second = await connect(config);
      expect(await loadSnapshot(second, "1")).toEqual(snapshot);
      expect(await listSnapshots(second)).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true, maxRetries: 10 });
    }
  });

  test("nothing is there before something is stored", async () => {
    await using db = await openDatabase();
    expect(await loadSnapshot(db, "1")).toBeUndefined();
    expect(await listSnapshots(db)).toEqual([]);
    expect(await deleteSnapshot(db, "1")).toBe(false);
    await storeSnapshot(db, await createSnapshot(db, { version: "1" }));
    expect(await loadSnapshot(db, "2")).toBeUndefined();
    expect(await loadSnapshot(db, "")).toBeUndefined();
    expect(await deleteSnapshot(db, "2")).toBe(false);
  });

  test("the same version again replaces what was there", async () => {
    await using db = await openDatabase();
    await storeSnapshot(db, await createSnapshot(db, { version: "1" }));
    await define(db, ["DEFINE TABLE user"]);
    const second = await createSnapshot(db, { version: "1" });
    await storeSnapshot(db, second);
    expect(await loadSnapshot(db, "1")).toEqual(second);
    expect(await listSnapshots(db)).toHaveLength(1);
  });

  test("versions that look alike are apart", async () => {
    await using db = await openDatabase();
    const versions = [
      "a b",
      "a_b",
      "a-b",
      "a.b",
      "a'b",
      "a`b",
      "⟨a⟩",
      "a\\b",
      "line\nbreak",
      "select",
      "1e5",
      "1",
      "01",
      "_schema_snapshot:1",
      "😀",
    ];
    const snapshot = await createSnapshot(db, { version: "x" });
    for (const [migrationCount, version] of versions.entries()) {
      await storeSnapshot(db, { ...snapshot, version, migrationCount });
    }
    for (const [migrationCount, version] of versions.entries()) {
      expect(await loadSnapshot(db, version)).toEqual({ ...snapshot, version, migrationCount });
    }
    for (const version of versions) expect(await deleteSnapshot(db, version)).toBe(true);
    expect(await listSnapshots(db)).toEqual([]);
  });

  test("a refused version and a changed snapshot are not stored", async () => {
    await using db = await openDatabase();
    const snapshot = await createSnapshot(db, { version: "1" });
    for (const version of ["", "base", "live"]) {
      const error = await caught(() => storeSnapshot(db, { ...snapshot, version }));
      expect(error.code).toBe("SNAPSHOT.INVALID_VERSION");
    }
    const changed = { ...snapshot, objects: { params: { a: "DEFINE PARAM $a VALUE 1" } } };
    expect((await caught(() => storeSnapshot(db, changed))).code).toBe(
      "SNAPSHOT.CHECKSUM_MISMATCH",
    );
    expect(await listSnapshots(db)).toEqual([]);
  });

  test("in a transaction of the caller, stored with it or not at all", async () => {
    await using db = await openDatabase();
    const version = "20260109_120000";
    const migrate = (last: string): Promise<SchemaSnapshot> =>
      db.transaction(async (transaction) => {
        await transaction.query("DEFINE TABLE user");
        const snapshot = await createSnapshot(transaction, { version, migrationCount: 1 });
        const { script, bindings } = snapshotScript(snapshot);
        await transaction.run(script, bindings);
        await transaction.query(last);
        return snapshot;
      });
    await expect(migrate("THROW 'stop'")).rejects.toThrow("stop");
    expect(await loadSnapshot(db, version)).toBeUndefined();
    const snapshot = await migrate("DEFINE PARAM $later VALUE 1");
    expect(await loadSnapshot(db, version)).toEqual(snapshot);
    expect(Object.keys(snapshot.tables)).toEqual(["user"]);
  });
});

describe("the row", () => {
  test("has the columns of the other ports, and a text whose SHA-256 is the checksum", async () => {
    await using db = await openDatabase();
    await define(db, [
      "DEFINE TABLE user",
      "DEFINE TABLE likes TYPE RELATION",
      "DEFINE FIELD bio ON user TYPE string",
      "DEFINE INDEX bio_idx ON user FIELDS bio",
    ]);
    const snapshot = await createSnapshot(db, { version: "1", migrationCount: 2 });
    await storeSnapshot(db, snapshot);
    const [rows] = await db.query(
      `SELECT *, type::is_datetime(created_at) AS is_datetime, crypto::sha256(schema) = checksum AS holds,
        <string> id AS id FROM _schema_snapshot`,
    );
    expect(rows).toEqual([
      expect.objectContaining({
        id: "_schema_snapshot:`1`",
        version: "1",
        is_datetime: true,
        holds: true,
        migration_count: 2,
        format: 1,
        tables: { user: { definition: snapshot.tables["user"]?.definition } },
        edges: { likes: { definition: snapshot.edges["likes"]?.definition } },
        indexes: {
          user: [{ name: "bio_idx", definition: "DEFINE INDEX bio_idx ON user FIELDS bio" }],
        },
      }),
    ]);
  });

  test("lists show what was stored, oldest first", async () => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user", "DEFINE TABLE likes TYPE RELATION"]);
    const second = await createSnapshot(db, { version: "1", ...at("2026-01-09T12:00:00.100Z") });
    const third = await createSnapshot(db, { version: "0", ...at("2026-01-09T12:00:01Z") });
    const first = await createSnapshot(db, { version: "9", ...at("2026-01-09T12:00:00Z") });
    for (const snapshot of [second, third, first]) await storeSnapshot(db, snapshot);
    expect(await listSnapshots(db)).toEqual(
      [first, second, third].map(({ version, createdAt, checksum }) => ({
        version,
        createdAt,
        tables: 2,
        migrations: 4,
        checksum,
      })),
    );
  });
});

const at = (time: string) => ({ now: () => new Date(time), migrationCount: 4 });
