import {
  applyMigrations,
  findDrift,
  listEvents,
  planSchemaRestore,
  readLock,
  recordedSchema,
  restoreSchema,
} from "surql";
import { expect, it } from "vitest";
import { makeProject } from "./project.ts";
import { makeStore } from "./stores.ts";

it.each(["surrealkv", "ws", "http"] as const)(
  "on %s drift is found without a snapshot, and the schema restored with what it takes kept",
  async (kind) => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    await using db = await store.open();
    const migrations = await project.write({
      "1": {
        up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE INDEX name_idx ON user FIELDS name; DEFINE TABLE names AS SELECT name FROM user;",
        down: "REMOVE TABLE user;",
      },
    });
    await applyMigrations(db, migrations);
    await db.query("CREATE user:1 SET name = 'Ada'; CREATE user:2 SET name = 'Grace'");
    await db.query(
      "DEFINE FIELD bio ON user TYPE option<string>; UPDATE user:1 SET bio = 'About Ada'; REMOVE INDEX name_idx ON user",
    );
    const recorded = await recordedSchema(db);
    if (recorded === undefined) throw new Error("1 is applied.");
    expect(recorded.source.kind).toBe("migrations");
    expect(await findDrift(db, recorded)).toMatchObject({
      changes: [{ path: "user.bio" }, { path: "user.name_idx" }],
    });

    const restore = await planSchemaRestore(db, recorded, { preserve: true });
    expect(await restoreSchema(db, restore, { force: true })).toMatchObject({ remaining: [] });
    expect(await findDrift(db, recorded)).toMatchObject({ identical: true });
    expect(await readLock(db)).toBeUndefined();
    expect(await listEvents(db)).toContainEqual(
      expect.objectContaining({
        kind: "restore-schema",
        kept: [expect.objectContaining({ field: "bio", count: 1 })],
      }),
    );
    const [found] = await db.query("SELECT VALUE id FROM user WHERE name = 'Grace'");
    expect(String(found)).toBe("user:2");
  },
);
