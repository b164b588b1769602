import fc from "fast-check";
import { expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import type { Migration } from "@surql/migration";
import { captureSchema, schemaChecksum } from "@surql/snapshot";
import { splitStatements } from "@surql/surrealql";
import { squashMigrations } from "../src/index.ts";

const open = (): Promise<Database> =>
  connect({ url: "mem://", namespace: "test", database: "test" });

function chain(
  ups: Readonly<Record<string, string>>,
  parentsOf: Readonly<Record<string, readonly string[]>> = {},
): readonly Migration[] {
  const versions = Object.keys(ups);
  return versions.map((version, at): Migration => ({
    version,
    description: "test",
    parents: parentsOf[version] ?? versions.slice(Math.max(0, at - 1), at),
    path: `/migrations/${version}_test.surql`,
    format: "surql",
    checksum: version,
    up: splitStatements(ups[version] ?? ""),
    down: [],
    transaction: "required",
  }));
}

const shop = {
  "01": "DEFINE TABLE user SCHEMAFULL;\nDEFINE FIELD name ON user TYPE string;",
  "02": "DEFINE TABLE role SCHEMAFULL; DEFINE FIELD name ON role TYPE string;\nCREATE role:admin SET name = 'admin';\nINSERT INTO role [{ id: 'guest', name: 'guest' }];",
  "03": "DEFINE FIELD bio ON user TYPE option<string>; REMOVE FIELD bio ON user; DEFINE INDEX name_idx ON user FIELDS name;",
  "04": "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER; DEFINE TABLE adults AS SELECT name FROM user;",
};

test("a range becomes one migration with the end of its schema, its seeds and its secrets, and a real down", async () => {
  const squash = await squashMigrations(open, chain(shop), { to: "04" });
  expect(squash).toMatchObject({
    version: "04",
    replaces: ["01", "02", "03", "04"],
    dependsOn: [],
    dropped: [],
  });
  expect(squash.up.join("\n")).not.toContain("bio");
  expect(squash.up.slice(-3)).toEqual([
    "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER",
    "CREATE role:admin SET name = 'admin'",
    "INSERT INTO role [{ id: 'guest', name: 'guest' }]",
  ]);
  expect(squash.kept.map(({ place }) => place)).toEqual(["02_test.surql:2", "02_test.surql:3"]);
  const db = await open();
  await db.query(squash.up.join(";\n"));
  expect(schemaChecksum(await captureSchema(db))).toBe(squash.checksumAfter);
  const [roles] = await db.query("SELECT VALUE name FROM role ORDER BY name");
  expect(roles).toEqual(["admin", "guest"]);
  await db.query(squash.down.join(";\n"));
  expect(schemaChecksum(await captureSchema(db))).toBe(squash.checksumBefore);
  await db.close();
});

test("a range in the middle keeps its parents, and its down leads back to them", async () => {
  const squash = await squashMigrations(open, chain({ ...shop, "05": "DEFINE TABLE later" }), {
    from: "02",
    to: "03",
  });
  expect(squash).toMatchObject({ version: "03", replaces: ["02", "03"], dependsOn: ["01"] });
  expect(squash.down).toEqual(["REMOVE INDEX name_idx ON user", "REMOVE TABLE role"]);
});

test("statements that deal with records and are no seeds are refused by name, and left out when told", async () => {
  const migrations = chain({
    "01": "DEFINE TABLE user;\nCREATE user:1 SET n = 1;",
    "02": "UPDATE user SET n = 2;\nSELECT * FROM user;",
    "03": "DEFINE TABLE old;\nCREATE old:1;\nREMOVE TABLE old;",
    "04": "LET $x = 1;\nIF true { CREATE user:2 };\nDEFINE TABLE log;\nCREATE log:1;",
  });
  const all = { to: "04" };
  await expect(squashMigrations(open, migrations, all)).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_DATA",
    category: "refused",
    meta: {
      statements: [
        {
          place: "01_test.surql:2",
          why: "writes to user, whose records a later statement changes",
        },
        { place: "02_test.surql:1", why: "changes records that others wrote" },
        { place: "03_test.surql:2", why: "writes to old, which is not there at the end" },
        { place: "04_test.surql:1", why: "does more than to write new records" },
        { place: "04_test.surql:2", why: "does more than to write new records" },
      ],
    },
  });
  const squash = await squashMigrations(open, migrations, { ...all, dropData: ["all"] });
  expect(squash.kept.map(({ place }) => place)).toEqual(["04_test.surql:4"]);
  expect(squash.dropped).toHaveLength(5);
  await expect(
    squashMigrations(open, migrations, {
      ...all,
      dropData: ["04_test.surql:4", "01_test.surql:9"],
    }),
  ).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_NOTHING_TO_DROP",
    meta: { places: ["01_test.surql:9"] },
  });
});

test("seeds that come out otherwise behind the whole schema are not called equal", async () => {
  const migrations = chain({
    "01": "DEFINE TABLE user; CREATE user:1 SET n = 1;",
    "02": "DEFINE FIELD since ON user TYPE string DEFAULT 'now';",
  });
  await expect(squashMigrations(open, migrations, { to: "02" })).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_UNPROVEN",
    why: expect.stringContaining("user: 1 records of the originals"),
  });
});

test.each([
  ["a date", "d'2026-01-09T00:00:00Z'", "time::now()", true],
  [
    "the key of a record",
    "(CREATE ONLY log RETURN VALUE id)",
    "(CREATE ONLY log RETURN VALUE id)",
    true,
  ],
  ["a whole number and one with a fraction", "1", "1f", false],
  [
    "what only looks like such a key",
    "{ key: 'abcdefghij0123456789' }",
    "{ key: 'abcdefghij0123456780' }",
    false,
  ],
])("the records of a squash are compared with their types: %s", async (_, early, late, isAlike) => {
  // The default is there behind the schema, and was another one before.
  const migrations = chain({
    "01": `DEFINE TABLE log; DEFINE TABLE user; DEFINE FIELD n ON user DEFAULT ${early}; CREATE user:1;`,
    "02": `DEFINE FIELD OVERWRITE n ON user DEFAULT ${late};`,
  });
  const squashed = await squashMigrations(open, migrations, { to: "02" }).then(
    () => true,
    (error: { code: string }) => error.code,
  );
  expect(squashed).toBe(isAlike || "GENERATOR.SQUASH_UNPROVEN");
});

test.each([
  [{ to: "09" }, "There is no version 09."],
  [{ from: "03", to: "02" }, "02 does not build on 03."],
  [{ from: "02", to: "02" }, "02 alone is one migration already."],
  [{ to: "03" }, "2b builds on 02, in the middle of it."],
  [{ from: "03", to: "04" }, "04 also builds on 2b, which is not in it."],
])("the range %j is refused", async (options, fault) => {
  const migrations = chain(
    {
      "01": "DEFINE TABLE a",
      "02": "DEFINE TABLE b",
      "03": "DEFINE TABLE c",
      "2b": "DEFINE TABLE d",
      "04": "DEFINE TABLE e",
    },
    { "2b": ["02"], "04": ["03", "2b"] },
  );
  await expect(squashMigrations(open, migrations, options)).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_RANGE",
    why: expect.stringContaining(fault),
  });
});

test("what reaches out of the engine, or does not run in one, is named", async () => {
  const out = chain({
    "01": "DEFINE TABLE a; http::post('http://127.0.0.1:1')",
    "02": "DEFINE TABLE b",
  });
  await expect(squashMigrations(open, out, { to: "02" })).rejects.toMatchObject({
    code: "EXECUTOR.REPLAY_FAILED",
    meta: { migration: "01", line: 1 },
  });
  const broken = chain({ "01": "DEFINE TABLE a", "02": "DEFINE TABLE a" });
  await expect(squashMigrations(open, broken, { to: "02" })).rejects.toMatchObject({
    code: "EXECUTOR.REPLAY_FAILED",
    meta: { migration: "02" },
  });
});

test("what cannot be written down is named", async () => {
  const migrations = chain({ "01": "DEFINE TABLE a", "02": "DEFINE CONFIG GRAPHQL AUTO" });
  await expect(squashMigrations(open, migrations, { to: "02" })).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_GAP",
    why: expect.stringContaining("SurrealQL has no statement for it"),
  });
});

test("a CONFIG that was there before is changed and changed back", async () => {
  const migrations = chain({
    "01": "DEFINE CONFIG GRAPHQL AUTO",
    "02": "DEFINE TABLE a",
    "03": "DEFINE CONFIG OVERWRITE GRAPHQL TABLES NONE FUNCTIONS AUTO",
  });
  expect(await squashMigrations(open, migrations, { from: "02", to: "03" })).toMatchObject({
    up: [expect.stringContaining("TABLE a"), expect.stringContaining("TABLES NONE")],
    down: [expect.stringContaining("TABLES AUTO"), "REMOVE TABLE a"],
  });
});

test("the rows of a view are not compared", async () => {
  const migrations = chain({
    "01": "DEFINE TABLE user; CREATE user:1 SET n = 1; CREATE user:2 SET n = 1;",
    "02": "DEFINE TABLE counted AS SELECT count() AS c, n FROM user GROUP BY n;",
  });
  expect((await squashMigrations(open, migrations, { to: "02" })).kept).toHaveLength(2);
});

const joined = {
  "01": "DEFINE TABLE user; CREATE user:1; CREATE user:['a', 2]; INSERT INTO user { id: 3 };",
  "02": "DEFINE TABLE knows TYPE RELATION IN user OUT user ENFORCED; DEFINE FIELD since ON knows TYPE int DEFAULT 7; DEFINE TABLE meets TYPE RELATION; DEFINE TABLE guest;",
};

test("edges between named records are seeds, with keys of their own or without, in their order", async () => {
  const relates = [
    "RELATE user:1->knows:7->user:['a', 2] SET since = 1",
    "RELATE user:1->knows->user:3 CONTENT { since: 2 } RETURN NONE",
    "RELATE ONLY user:3->knows->user:1",
    "RELATE user:1->knows:7->user:['a', 2] SET since = 3",
    "INSERT RELATION INTO knows { id: 8, in: user:1, out: user:3 }",
  ];
  const migrations = chain({ ...joined, "03": relates.join(";\n") });
  const squash = await squashMigrations(open, migrations, { to: "03" });
  expect(squash.up.slice(-5)).toEqual(relates);
  const db = await open();
  await db.query(squash.up.join(";\n"));
  const [since, reached] = await db.query(
    "SELECT VALUE since FROM knows ORDER BY since; RETURN user:1->knows->user",
  );
  expect(since).toEqual([2, 3, 7, 7]);
  expect(reached).toHaveLength(3);
  await db.close();
});

test.each([
  ["RELATE (SELECT VALUE id FROM user)->knows->user:1", "joins records that it does not name"],
  ["RELATE [user:1, user:3]->knows->user:1", "joins records that it does not name"],
  ["RELATE user:1->meets->user:ulid()", "joins records that it does not name"],
  ["RELATE user:1->meets->user:[time::now()]", "joins records that it does not name"],
  [
    "RELATE user:1->knows->user:3;\nUPDATE knows SET since = 9",
    "writes to knows, whose records a later statement changes",
  ],
  [
    "RELATE user:1->meets->guest:3;\nDELETE guest:3",
    "joins records, and a later statement deletes some",
  ],
])("edges of which it cannot be told are refused: %s", async (up, why) => {
  const migrations = chain({ ...joined, "03": up });
  const [first] = await squashMigrations(open, migrations, { to: "03" }).then(
    () => [],
    (error: { meta: { statements: readonly { place: string; why: string }[] } }) =>
      error.meta.statements,
  );
  expect(first).toEqual({ place: "03_test.surql:1", why });
});

test("edges that come out otherwise are not called equal", async () => {
  const migrations = chain({
    ...joined,
    "03": "RELATE user:1->knows:7->user:3;\nDEFINE FIELD OVERWRITE since ON knows TYPE int DEFAULT 8;",
  });
  await expect(squashMigrations(open, migrations, { to: "03" })).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_UNPROVEN",
    why: expect.stringContaining("knows: 1 records of the originals"),
  });
});

test("branches and their merge become one", async () => {
  const migrations = chain(
    {
      "01": "DEFINE TABLE a",
      "02": "DEFINE FIELD b ON a",
      "03": "DEFINE FIELD c ON a",
      "04": `LET $merged = ["02","03"]`,
      "05": "DEFINE TABLE d",
    },
    { "03": ["01"], "04": ["02", "03"] },
  );
  const squash = await squashMigrations(open, migrations, { to: "04" });
  expect(squash.replaces).toEqual(["01", "02", "03", "04"]);
  expect(squash.down).toEqual(["REMOVE TABLE a"]);
  await expect(squashMigrations(open, migrations, { to: "02" })).rejects.toMatchObject({
    code: "GENERATOR.SQUASH_RANGE",
    meta: { faults: ["03 builds on 01, in the middle of it."] },
  });
});

/** Steps of a schema, each behind those that it needs. */
const steps: readonly { readonly up: string; readonly needs: readonly number[] }[] = [
  { up: "DEFINE TABLE user SCHEMAFULL", needs: [] },
  { up: "DEFINE FIELD name ON user TYPE string", needs: [0] },
  { up: "DEFINE FIELD OVERWRITE name ON user TYPE option<string> DEFAULT 'x'", needs: [1] },
  { up: "DEFINE INDEX name_idx ON user FIELDS name", needs: [1] },
  {
    up: "REMOVE INDEX name_idx ON user; DEFINE INDEX name_idx ON user FIELDS name UNIQUE",
    needs: [3],
  },
  { up: "DEFINE FIELD tags ON user TYPE array<string>", needs: [0] },
  { up: "ALTER TABLE user COMMENT 'people'", needs: [0] },
  { up: "DEFINE TABLE knows TYPE RELATION FROM user TO user", needs: [0] },
  { up: "DEFINE TABLE role; DEFINE FIELD name ON role TYPE string", needs: [] },
  { up: "CREATE role:admin SET name = 'admin'", needs: [8] },
  { up: "DEFINE FUNCTION fn::hi($who: string) { RETURN 'hi ' + $who }", needs: [] },
  {
    up: "DEFINE EVENT seen ON user WHEN true THEN { LET $greeting = fn::hi('x') }",
    needs: [0, 10],
  },
  { up: "DEFINE PARAM $limit VALUE 10", needs: [] },
  { up: "DEFINE PARAM OVERWRITE $limit VALUE 20", needs: [12] },
  {
    up: "DEFINE ANALYZER words TOKENIZERS blank; DEFINE INDEX text_idx ON user FIELDS name FULLTEXT ANALYZER words BM25",
    needs: [1],
  },
  { up: "DEFINE TABLE named AS SELECT name FROM user", needs: [1] },
  { up: "REMOVE TABLE named", needs: [15] },
  { up: "DEFINE SEQUENCE number START 5", needs: [] },
  { up: "DEFINE USER ada ON DATABASE PASSWORD 'hunter2' ROLES VIEWER", needs: [] },
  { up: "REMOVE FIELD tags ON user", needs: [5] },
  { up: "RELATE user:1->knows:7->user:2", needs: [7] },
];

/** Random chains: steps in an order in which each stands behind its needs, cut into migrations. */
const chains = fc
  .tuple(
    fc.shuffledSubarray([...steps.keys()], { minLength: 4 }),
    fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 20, maxLength: 20 }),
    fc.nat(),
    fc.nat(),
  )
  .map(([wanted, sizes, first, last]) => {
    const done: number[] = [];
    const take = (at: number): void => {
      if (done.includes(at)) return;
      for (const need of steps[at]?.needs ?? []) take(need);
      done.push(at);
    };
    for (const at of wanted) take(at);
    const ups: Record<string, string> = {};
    for (let at = 0, count = 10; at < done.length; count += 1) {
      const size = sizes[count] ?? 2;
      ups[String(count)] = done
        .slice(at, at + size)
        .map((one) => steps[one]?.up)
        .join(";\n");
      at += size;
    }
    const versions = Object.keys(ups);
    const to = Math.max(1, last % versions.length);
    return { ups, from: versions[first % to], to: versions[to] ?? "" };
  });

test("whatever the chain, the squash of a part of it comes to the same, and back", async () => {
  let proved = 0;
  await fc.assert(
    fc.asyncProperty(chains, async ({ ups, from, to }) => {
      const migrations = chain(ups);
      const { replaces, up, down } = await squashMigrations(open, migrations, { from, to });
      const [originals, squashed] = [await open(), await open()];
      for (const { version, up: script } of migrations) {
        const texts = script.map(({ text }) => text);
        if (version > to) break;
        if (!replaces.includes(version)) {
          await squashed.query(texts.join(";\n"));
        } else if (version === replaces[0]) {
          const start = schemaChecksum(await captureSchema(squashed));
          await squashed.query(up.join(";\n"));
          await squashed.query(down.length === 0 ? "RETURN 1" : down.join(";\n"));
          expect(schemaChecksum(await captureSchema(squashed))).toBe(start);
          // Its seeds are there already where their table was before it.
          await squashed.query("OPTION IMPORT; DELETE role:admin").catch(() => undefined);
          await squashed.query(up.join(";\n"));
        }
        await originals.query(texts.join(";\n"));
      }
      expect(await captureSchema(squashed)).toEqual(await captureSchema(originals));
      await Promise.all([originals.close(), squashed.close()]);
      proved += 1;
    }),
    { numRuns: 25 },
  );
  expect(proved).toBe(25);
});
