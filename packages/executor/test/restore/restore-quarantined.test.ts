import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listEvents, listQuarantine } from "@surql/history";
import { restoreQuarantined, type RestoreRule } from "../../src/index.ts";
import { keep } from "./keep.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

/** A value as SurrealQL, which tells every type from every other. */
async function text(expression: string): Promise<unknown> {
  const [value] = await db.query(`RETURN <string>{ v: ${expression} }`);
  return String(value).replace(/^\{ v: (.*) \}$/s, "$1");
}

async function caught(work: Promise<unknown>): Promise<Record<string, unknown>> {
  return work.then(
    () => ({ code: "nothing was thrown" }),
    (error: unknown) => error as Record<string, unknown>,
  );
}

const everyRule: readonly RestoreRule[] = ["theirs", "ours", "only-if-none"];

test.each(everyRule)(
  "a table comes back exactly, without events or defaults (%s)",
  async (rule) => {
    await db.query(`
    DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string ASSERT $value != "a";
    DEFINE FIELD at ON user VALUE time::now(); DEFINE FIELD n ON user TYPE option<int> DEFAULT 5;
    DEFINE TABLE log; DEFINE EVENT made ON user THEN { CREATE log };
    DEFINE INDEX by_name ON user FIELDS name UNIQUE;
  `);
    await keep(db, {
      id: "q1",
      kind: "table",
      table: "user",
      items: [
        "[{ id: user:1, name: 'a', at: d'2020-01-01T00:00:00.000000001Z' }]",
        "[{ id: user:[1, 'x'], name: 'b' }]",
      ],
      count: 2,
    });
    const result = await restoreQuarantined(db, undefined, { rule, actor: "ada" });
    expect(result.restored).toEqual([
      { entry: "q1", kind: "table", migration: "1", table: "user", records: 2, stayed: 0, gone: 0 },
    ]);
    expect(await text("(SELECT * FROM user)")).toBe(
      "[{ at: d'2020-01-01T00:00:00.000000001Z', id: user:1, name: 'a' }, { id: user:[1, 'x'], name: 'b' }]",
    );
    expect(await text("(SELECT VALUE id FROM user WHERE name = 'b')")).toBe("[user:[1, 'x']]");
    expect(await text("(SELECT * FROM log)")).toBe("[]");
    const [event] = await listEvents(db);
    expect(event).toMatchObject({
      kind: "restore",
      actor: "ada",
      restored: [{ entry: "q1", rule }],
    });
    expect(await listQuarantine(db)).toMatchObject([
      { id: "q1", restoredAt: expect.any(String), restored: { rule } },
    ]);
  },
);

const users = {
  id: "q1",
  kind: "table",
  table: "user",
  items: ["[{ id: user:1, name: 'old', bio: 'kept' }, { id: user:2, name: 'b' }]"],
  count: 2,
} as const;

test.each([
  ["theirs", "[{ bio: NULL, id: user:1, name: 'new' }, { id: user:2, name: 'b' }]", 1],
  ["ours", "[{ bio: 'kept', id: user:1, name: 'old' }, { id: user:2, name: 'b' }]", 0],
  ["only-if-none", "[{ bio: 'kept', id: user:1, name: 'new' }, { id: user:2, name: 'b' }]", 1],
] as const)("records written since, under %s", async (rule, expected, stayed) => {
  await db.query("CREATE user:1 SET name = 'new', bio = NULL");
  await keep(db, users);
  const { restored } = await restoreQuarantined(db, "q1", { rule });
  expect(restored).toMatchObject([{ records: 2, stayed }]);
  expect(await text("(SELECT * FROM user)")).toBe(expected);
});

test.each([
  ["theirs", "['kept', 'new', NULL, NONE]", 2],
  ["ours", "['kept', 'kept', 'kept', NONE]", 0],
  ["only-if-none", "['kept', 'new', 'kept', NONE]", 1],
] as const)("values of a field, under %s", async (rule, expected, stayed) => {
  await db.query(`
    CREATE user:1; CREATE user:2 SET a.\`odd name\` = 'new'; CREATE user:3 SET a.\`odd name\` = NULL; CREATE user:4;
  `);
  await keep(db, {
    id: "q1",
    kind: "field",
    table: "user",
    items: ["[1, 2, 3, 9].map(|$n| { id: type::record('user', $n), value: 'kept' })"],
    count: 4,
    more: "field: 'a.`odd name`', path: ['a', 'odd name'], cleaned: true",
  });
  const { restored } = await restoreQuarantined(db, "q1", { rule });
  expect(restored).toMatchObject([{ records: 4, stayed, gone: 1 }]);
  expect(await text("(SELECT VALUE a.`odd name` FROM user)")).toBe(expected);
});

test.each([
  ["theirs", "[[{ n: 1, x: 'a' }, { n: 2, x: 'new' }], [{ n: 1 }]]", 1],
  ["ours", "[[{ n: 1, x: 'a' }, { n: 7, x: 'b' }], [{ n: 1, x: 'a' }, { n: 7, x: 'b' }]]", 0],
  ["only-if-none", "[[{ n: 1, x: 'a' }, { n: 2, x: 'new' }], [{ n: 1 }]]", 1],
] as const)("values inside the elements of an array, under %s", async (rule, expected, stayed) => {
  await db.query(
    "CREATE user:1 SET tags = [{ n: 1 }, { n: 2, x: 'new' }]; CREATE user:2 SET tags = [{ n: 1 }]",
  );
  await keep(db, {
    id: "q1",
    kind: "field",
    table: "user",
    items: [
      "[1, 2].map(|$n| { id: type::record('user', $n), value: [{ n: 1, x: 'a' }, { n: 7, x: 'b' }] })",
    ],
    count: 2,
    more: "field: 'tags.*.x', path: ['tags'], cleaned: true",
  });
  const { restored } = await restoreQuarantined(db, "q1", { rule });
  expect(restored).toMatchObject([{ stayed }]);
  expect(await text("(SELECT VALUE tags FROM user)")).toBe(expected);
});

test.each([
  ["theirs", "[{ id: user:1, n: 1 }, { id: user:2, n: 99 }, { id: user:3, n: 3 }]", 2],
  [
    "ours",
    "[{ id: user:1, n: 1 }, { id: user:2, n: 2 }, { id: user:3, n: 3 }, { id: user:4, n: 4 }]",
    0,
  ],
  [
    "only-if-none",
    "[{ id: user:1, n: -1 }, { id: user:2, n: 99 }, { id: user:3, n: 3 }, { id: user:4, n: 4 }]",
    2,
  ],
] as const)("records that were rewritten or deleted, under %s", async (rule, expected, stayed) => {
  await db.query(`
    DEFINE TABLE user; DEFINE FIELD twice ON user COMPUTED n * 2;
    CREATE user:1 SET n = -1; CREATE user:2 SET n = 99;
  `);
  await keep(db, {
    id: "q1",
    kind: "records",
    table: "user",
    items: [
      `[{ id: user:1, value: { id: user:1, n: 1 }, left: { id: user:1, n: -1 } },
        { id: user:2, value: { id: user:2, n: 2 }, left: { id: user:2, n: -2 } },
        { id: user:3, value: { id: user:3, n: 3 } },
        { id: user:4, value: { id: user:4, n: 4 }, left: { id: user:4, n: -4 } }]`,
    ],
    count: 4,
  });
  const { restored } = await restoreQuarantined(db, "q1", { rule });
  expect(restored).toMatchObject([{ stayed }]);
  await db.query("REMOVE FIELD twice ON user");
  expect(await text("(SELECT * FROM user)")).toBe(expected);
});

test.each([
  ["theirs", "[{ id: knows:1, in: user:1, out: user:2, w: 9 }]"],
  [
    "ours",
    "[{ id: knows:1, in: user:1, out: user:2, w: 1 }, { id: knows:2, in: user:2, out: user:1 }]",
  ],
  [
    "only-if-none",
    "[{ id: knows:1, in: user:1, out: user:2, w: 9 }, { id: knows:2, in: user:2, out: user:1 }]",
  ],
] as const)("edges lead to records that came back, under %s", async (rule, expected) => {
  await db.query(`
    DEFINE TABLE knows TYPE RELATION FROM user TO user ENFORCED; DEFINE FIELD twice ON knows COMPUTED w * 2;
    CREATE user:1; CREATE user:2; RELATE user:1->knows:1->user:2 SET w = 9; REMOVE TABLE user; DEFINE TABLE user
  `);
  await keep(db, {
    id: "q1",
    kind: "edges",
    table: "knows",
    items: [
      "[{ id: knows:1, in: user:1, out: user:2, w: 1 }, { id: knows:2, in: user:2, out: user:1 }]",
    ],
    count: 2,
    more: "of: 'user'",
    relation: true,
    sequence: 1,
  });
  await keep(db, { ...users, id: "q2" });
  await restoreQuarantined(db, "e1", { rule });
  await db.query("REMOVE FIELD twice ON knows");
  expect(await text("(SELECT * FROM knows)")).toBe(expected);
  expect(await text("user:1->knows->user")).toBe("[user:2]");
  expect(await text("user:2<-knows<-user")).toBe("[user:1]");
});

test("a table of edges comes back with its ends, before or after their records", async () => {
  await db.query("DEFINE TABLE user; DEFINE TABLE knows TYPE RELATION ENFORCED");
  const edges = "[{ id: knows:[1, { a: NONE }], in: user:1, out: user:2, w: 1.0 }]";
  await keep(db, { id: "q1", kind: "table", table: "user", items: users.items, count: 2 });
  await keep(db, {
    id: "q2",
    kind: "table",
    table: "knows",
    items: [edges],
    count: 1,
    relation: true,
    sequence: 1,
    more: "definition: { table: 'DEFINE TABLE knows TYPE RELATION IN user OUT user ENFORCED SCHEMALESS PERMISSIONS NONE' }",
  });
  await restoreQuarantined(db, "e1", { rule: "theirs" });
  expect(await text("user:1->knows->user.name")).toBe("['b']");
  expect(await text("(SELECT * FROM knows)")).toBe(
    "[{ id: knows:[1, { a: NONE }], in: user:1, out: user:2, w: 1f }]",
  );
});

test("nothing is put back twice, and nothing that was never kept", async () => {
  expect(await caught(restoreQuarantined(db, undefined, { rule: "ours" }))).toMatchObject({
    code: "EXECUTOR.NOTHING_KEPT",
  });
  await db.query("DEFINE TABLE user");
  await keep(db, users);
  await keep(db, { ...users, id: "q2", event: "e2" });
  expect(await caught(restoreQuarantined(db, undefined, { rule: "ours" }))).toMatchObject({
    code: "EXECUTOR.SEVERAL_KEPT",
    meta: { events: ["e1", "e2"] },
  });
  await restoreQuarantined(db, "e1", { rule: "ours" });
  await db.query("UPDATE user SET name = 'since'");
  expect(await caught(restoreQuarantined(db, "q1", { rule: "ours" }))).toMatchObject({
    code: "EXECUTOR.ALREADY_RESTORED",
  });
  expect(await text("(SELECT VALUE name FROM user)")).toBe("['since', 'since']");
  expect(await caught(restoreQuarantined(db, "q9", { rule: "ours" }))).toMatchObject({
    code: "EXECUTOR.NOTHING_KEPT",
    nextActions: [expect.stringContaining("e2")],
  });
});

test("all that stands in the way is said with names and numbers, and nothing is written", async () => {
  await db.query("DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string");
  await keep(db, users);
  await keep(db, { ...users, id: "q2", table: "gone", items: ["[{ id: gone:1 }]"], count: 1 });
  const refusal = await caught(restoreQuarantined(db, "e1", { rule: "ours" }));
  expect(refusal).toMatchObject({
    code: "EXECUTOR.RESTORE_BLOCKED",
    meta: {
      obstacles: [
        { entry: "q1", object: "user", code: "field_gone", records: 1 },
        { entry: "q2", object: "gone", code: "table_gone", records: 1 },
      ],
    },
  });
  expect(refusal["why"]).toContain("the table has no field bio, for 1 record");
  expect(await text("(SELECT * FROM user)")).toBe("[]");
  expect((await listQuarantine(db)).map(({ restoredAt }) => restoredAt)).toEqual([
    undefined,
    undefined,
  ]);
});

test.each([true, false])("values that are taken are counted (dry run: %s)", async (dryRun) => {
  await db.query("DEFINE INDEX by_name ON user FIELDS name UNIQUE; CREATE user:7 SET name = 'b'");
  await keep(db, users);
  expect(await caught(restoreQuarantined(db, "e1", { rule: "theirs", dryRun }))).toMatchObject({
    code: "EXECUTOR.RESTORE_BLOCKED",
    meta: { obstacles: [{ entry: "q1", code: "taken", records: 1 }] },
  });
  expect(await text("(SELECT VALUE id FROM user)")).toBe("[user:7]");
});

test("a dry run counts, and writes nothing", async () => {
  await db.query("CREATE user:1 SET name = 'new'");
  await keep(db, users);
  const before = await text("[(SELECT * FROM user), (SELECT * FROM _rollback_quarantine)]");
  const { restored } = await restoreQuarantined(db, "e1", { rule: "theirs", dryRun: true });
  expect(restored).toMatchObject([{ records: 2, stayed: 1, gone: 0 }]);
  expect(await text("[(SELECT * FROM user), (SELECT * FROM _rollback_quarantine)]")).toBe(before);
  expect(await listEvents(db)).toEqual([]);
});
