import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { captureSchema, schemaChecksum, unreadableTables } from "../src/index.ts";
import { corpus, oddNames, quoted } from "./corpus.ts";
import { define, openDatabase } from "./open-database.ts";

const definitions = corpus.flat();

describe("what is captured", () => {
  test("every definition of the corpus is there, under its name", async () => {
    await using db = await openDatabase();
    await define(db, definitions);
    const { tables, edges, objects } = await captureSchema(db);

    const [info] = await db.query("RETURN object::keys((INFO FOR DB).tables)");
    expect([...Object.keys(tables), ...Object.keys(edges)].sort()).toEqual(
      [...(info as string[])].sort(),
    );
    for (const name of oddNames) {
      expect(tables[name]?.fields["name"], name).toContain("TYPE none | string");
    }
    expect(Object.keys(edges)).toEqual(
      expect.arrayContaining(["follows", "knows", "likes", "tagged", "edge a.b"]),
    );
    expect(edges["likes"]?.indexes["once"]).toBe(
      "DEFINE INDEX once ON likes FIELDS in, out UNIQUE",
    );
    expect(tables["note"]?.definition).toContain("TYPE RELATION");
    expect(tables["adults"]?.definition).toContain("AS SELECT name, age FROM user");
    expect(Object.keys(tables["user"]?.events ?? {})).toEqual(["log", "twice"]);
    expect(tables["note"]?.fields["`a.b`"]).toBe(
      "DEFINE FIELD `a.b` ON note TYPE none | string PERMISSIONS FULL",
    );
    expect(
      Object.entries(objects).map(([kind, found]) => [kind, Object.keys(found).length]),
    ).toEqual([
      ["accesses", 6],
      ["analyzers", 3],
      ["apis", 2],
      ["configs", 2],
      ["functions", 5],
      ["params", 5],
      ["sequences", 2],
      ["users", 3],
    ]);
  });

  test("text is complete: it begins with DEFINE, that of a CONFIG too", async () => {
    await using db = await openDatabase();
    await define(db, definitions);
    const { tables, edges, objects } = await captureSchema(db);
    const members = Object.values({ ...tables, ...edges }).flatMap((table) => [
      table.definition,
      ...Object.values({ ...table.fields, ...table.indexes, ...table.events }),
    ]);
    const others = Object.values(objects).flatMap((kind) => Object.values(kind));
    for (const text of [...members, ...others]) expect(text).toMatch(/^DEFINE [A-Z]+ /);
    expect(objects["configs"]?.["API"]).toBe("DEFINE CONFIG API PERMISSIONS FULL");
  });

  test("nothing: an empty database has an empty schema", async () => {
    await using db = await openDatabase();
    expect(await captureSchema(db)).toEqual({ tables: {}, edges: {}, objects: {} });
  });

  test("a transaction sees its own changes", async () => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user"]);
    const inside = await db.transaction(async (transaction) => {
      await transaction.query("DEFINE TABLE post; REMOVE TABLE user");
      return captureSchema(transaction);
    });
    expect(Object.keys(inside.tables)).toEqual(["post"]);
    expect(inside).toEqual(await captureSchema(db));
  });

  test("the order of creation leaves no trace", async () => {
    await using reference = await openDatabase();
    await define(reference, definitions);
    const expected = await captureSchema(reference);
    const shuffled = corpus.map((stage) =>
      fc.shuffledSubarray([...stage], { minLength: stage.length }),
    );
    await fc.assert(
      fc.asyncProperty(fc.tuple(...shuffled), async (stages) => {
        await using db = await openDatabase();
        await define(db, stages.flat());
        const schema = await captureSchema(db);
        expect(schema).toEqual(expected);
        expect(schemaChecksum(schema)).toBe(schemaChecksum(expected));
      }),
      { seed: 20260109, numRuns: 8 },
    );
  });
});

describe("what is left out", () => {
  test("the tables of surql, and only those", async () => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user", "DEFINE TABLE _users_own"]);
    const before = await captureSchema(db);
    await define(db, [
      "DEFINE TABLE _migration_history SCHEMAFULL",
      "DEFINE FIELD version ON _migration_history TYPE string",
      "DEFINE TABLE _schema_snapshot",
      "DEFINE TABLE _migration_lock",
      "DEFINE TABLE _migration_event",
      "DEFINE TABLE _rollback_quarantine",
    ]);
    expect(await captureSchema(db)).toEqual(before);
    expect(Object.keys(before.tables)).toEqual(["_users_own", "user"]);
  });

  test("secrets: passwords and keys differ, the schema does not", async () => {
    const schemas = [];
    for (const secret of ["tiger", "l'ion \\' \"x\""]) {
      await using db = await openDatabase();
      await db.query(
        `DEFINE USER ada ON DATABASE PASSWORD ${JSON.stringify(secret)} ROLES OWNER COMMENT 'PASSHASH of Ada';
         DEFINE ACCESS token ON DATABASE TYPE JWT ALGORITHM HS512 KEY ${JSON.stringify(secret)};
         DEFINE ACCESS account ON DATABASE TYPE RECORD;`,
      );
      schemas.push(await captureSchema(db));
    }
    expect(schemas[0]).toEqual(schemas[1]);
    expect(schemas[0]?.objects["users"]).toEqual({
      ada: "DEFINE USER ada ON DATABASE PASSHASH '[REDACTED]' ROLES OWNER DURATION FOR TOKEN 1h, FOR SESSION NONE COMMENT 'PASSHASH of Ada'",
    });
    expect(JSON.stringify(schemas)).not.toMatch(/argon2|tiger|l'ion/);
  });

  test("live queries", async () => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user"]);
    const before = await captureSchema(db);
    await db.query("LIVE SELECT * FROM user");
    expect(await captureSchema(db)).toEqual(before);
  });
});

describe("a table that the engine refuses to show", () => {
  const bricked = ["select", "none", "explain", "function"];

  test("does not keep the others from being captured", async () => {
    await using db = await openDatabase();
    await define(db, definitions);
    const before = await captureSchema(db);
    expect(unreadableTables(before)).toEqual([]);
    await define(
      db,
      bricked.flatMap((name) => [
        `DEFINE TABLE bricked_${name}`,
        `DEFINE FIELD ${quoted(name)} ON bricked_${name} TYPE int`,
      ]),
    );
    const { tables, edges, objects } = await captureSchema(db);
    expect(edges).toEqual(before.edges);
    expect(objects).toEqual(before.objects);
    expect(tables).toMatchObject(before.tables);
    expect(tables["bricked_none"]).toEqual({
      definition: "DEFINE TABLE bricked_none TYPE ANY SCHEMALESS PERMISSIONS NONE",
      fields: {},
      indexes: {},
      events: {},
      unreadable: expect.stringContaining("conversion error"),
    });
    const unreadable = unreadableTables({ tables, edges, objects });
    expect(unreadable.map(({ table }) => table)).toEqual(
      bricked.map((name) => `bricked_${name}`).sort(),
    );
  });

  test("is not asked inside a transaction, where the refusal would end it", async () => {
    await using db = await openDatabase();
    await define(db, ["DEFINE TABLE user", "DEFINE TABLE bad", "DEFINE FIELD `select` ON bad"]);
    await expect(db.transaction((transaction) => captureSchema(transaction))).rejects.toThrow(
      /conversion error/,
    );
    const before = await captureSchema(db);
    const unreadable = unreadableTables(before);
    expect(await db.transaction((open) => captureSchema(open, { unreadable }))).toEqual(before);

    const after = await db.transaction(async (open) => {
      await open.query("REMOVE TABLE bad");
      return captureSchema(open, { unreadable });
    });
    expect(Object.keys(after.tables)).toEqual(["user"]);
  });
});

test("a connection that cannot answer is an error, not an empty schema", async () => {
  const db = await openDatabase();
  await db.close();
  await expect(captureSchema(db)).rejects.toMatchObject({
    code: expect.stringMatching(/^CONNECTION\./),
  });
});
