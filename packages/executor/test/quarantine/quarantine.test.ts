import { listEvents } from "@surql/history";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createProject, type Project } from "../project.ts";
import { keep } from "./keep.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

test("a removed table is kept with its definition", async () => {
  const { plan, entries, items } = await keep(project, {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD loud ON user COMPUTED string::uppercase(name);",
    fill: "CREATE user:1 SET name = 'ada'; CREATE user:['x', 1] SET name = 'bob'",
    down: "REMOVE TABLE user;",
  });
  expect(plan.preserve).toEqual([
    { migration: "1", kind: "table", table: "user", records: 2, exact: true },
  ]);
  expect(plan.issues[0]?.description).toContain("Its records are kept in the quarantine.");
  expect(plan.notes).toContainEqual("Keeps in the quarantine for 90 days: 2 records of user.");
  expect(entries).toMatchObject([
    { kind: "table", state: "kept", migration: "1", sequence: 0, table: "user", count: 2, rows: 1 },
  ]);
  expect(entries[0]?.definition).toMatchObject({
    table: expect.stringContaining("SCHEMAFULL") as unknown,
    fields: { loud: expect.stringContaining("COMPUTED") as unknown },
  });
  expect(items).toEqual([["{ id: user:1, name: 'ada' }", "{ id: user:['x', 1], name: 'bob' }"]]);
});

test("edges of other tables are kept with a removed table", async () => {
  const { plan, entries, items } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE TABLE post; DEFINE TABLE wrote TYPE RELATION;",
    fill: "CREATE user:1; CREATE post:1; RELATE user:1->wrote:1->post:1 SET n = 1dec; RELATE post:1->wrote:2->post:1; RELATE user:1->likes:1->post:1; CREATE likes:2 SET in = user:1, out = post:1",
    down: "REMOVE TABLE user;",
  });
  expect(plan.preserve).toMatchObject([
    { kind: "edges", table: "likes", of: "user", records: 2 },
    { kind: "edges", table: "wrote", of: "user", records: 1 },
    { kind: "table", table: "user", records: 1 },
  ]);
  expect(entries.map(({ kind, table, count, rows }) => [kind, table, count, rows])).toEqual([
    ["edges", "likes", 2, 2],
    ["edges", "wrote", 1, 1],
    ["table", "user", 1, 1],
  ]);
  expect(items[1]).toEqual(["{ id: wrote:1, in: user:1, n: 1dec, out: post:1 }"]);
  const [relations] = await project.db.query(
    "SELECT VALUE [items[0].id, relation] FROM _rollback_quarantine WHERE items != NONE",
  );
  expect(JSON.stringify(relations)).toContain('["likes:1",true],["likes:2",false]');
});

test("the values of a removed field are kept, and taken out where records could not be written", async () => {
  const { entries, items } = await keep(project, {
    up:
      "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD `full name` ON user TYPE string;" +
      "DEFINE FIELD address ON user TYPE option<object>; DEFINE FIELD address.city ON user TYPE option<string | null>; DEFINE FIELD address.zip ON user TYPE int;" +
      "DEFINE FIELD items ON user TYPE array<object>; DEFINE FIELD items.*.price ON user TYPE option<int>; DEFINE FIELD items.*.name ON user TYPE string;" +
      "DEFINE EVENT log ON user THEN { CREATE log };",
    fill:
      "CREATE user:1 SET name = 'a', `full name` = 'a b', address = { city: NULL, zip: 1 }, items = [{ name: 'x', price: 1 }, { name: 'y' }];" +
      "CREATE user:2 SET name = 'c', `full name` = 'c d', items = []; DELETE log",
    down: "REMOVE FIELD `full name` ON user; REMOVE FIELD address.city ON user; REMOVE FIELD items.*.price ON user;",
  });
  expect(entries).toMatchObject([
    { field: "`full name`", path: ["full name"], count: 2, cleaned: true },
    { field: "address.city", path: ["address", "city"], count: 1, cleaned: true },
    { field: "items.*.price", path: ["items"], count: 2, cleaned: true },
  ]);
  expect(items).toEqual([
    ["{ id: user:1, value: 'a b' }", "{ id: user:2, value: 'c d' }"],
    ["{ id: user:1, value: NULL }"],
    [
      "{ id: user:1, value: [{ name: 'x', price: 1 }, { name: 'y' }] }",
      "{ id: user:2, value: [] }",
    ],
  ]);
  expect(await project.rows("log")).toEqual([]);
  expect(await project.rows("user")).toMatchObject([
    { name: "a", address: { zip: 1 }, items: [{ name: "x" }, { name: "y" }] },
    { name: "c", items: [] },
  ]);
  const [updated] = await project.db.query("UPDATE user SET name = 'z' RETURN VALUE name");
  expect(updated).toEqual(["z", "z"]);
  const [info] = await project.db.query("RETURN (INFO FOR DB).tables.user");
  expect(info).toContain("SCHEMAFULL");
});

test("records that statements rewrite or delete are kept as they were, and as they were left", async () => {
  const { plan, entries, items } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE TABLE knows TYPE RELATION; DEFINE TABLE log; DEFINE EVENT gone ON user WHEN $event = 'DELETE' THEN { UPDATE log:1 SET n = 1 };",
    fill: "CREATE user:1 SET n = 1; CREATE user:2 SET n = 2; CREATE user:3 SET n = 3; RELATE user:1->knows:1->user:2; RELATE user:3->knows:2->user:3; CREATE log:1 SET n = 0; CREATE log:2",
    down: "UPDATE user SET n += 10 WHERE n > 1; DELETE user:2;",
  });
  expect(plan.preserve).toMatchObject([
    { kind: "records", table: "log" },
    { kind: "records", table: "user", records: 3 },
    { kind: "records", table: "knows", records: 2 },
  ]);
  expect(entries.map(({ table, count }) => [table, count])).toEqual([
    ["log", 1],
    ["user", 2],
    ["knows", 1],
  ]);
  expect(items).toEqual([
    ["{ id: log:1, left: { id: log:1, n: 1 }, value: { id: log:1, n: 0 } }"],
    [
      "{ id: user:2, value: { id: user:2, n: 2 } }",
      "{ id: user:3, left: { id: user:3, n: 13 }, value: { id: user:3, n: 3 } }",
    ],
    ["{ id: knows:1, value: { id: knows:1, in: user:1, out: user:2 } }"],
  ]);
});

test("a table that becomes SCHEMAFULL is rid of what it does not define, and that is kept", async () => {
  const { plan, entries, items } = await keep(project, {
    up:
      "DEFINE TABLE user; DEFINE FIELD name ON user TYPE string; DEFINE FIELD `a b` ON user TYPE option<object>; DEFINE FIELD `a b`.x ON user TYPE option<int>;" +
      "DEFINE FIELD items ON user TYPE option<array<object>>; DEFINE FIELD items.*.p ON user TYPE any; DEFINE FIELD any ON user TYPE any; DEFINE FIELD loud ON user COMPUTED name;",
    fill:
      "CREATE user:1 SET name = 'a', extra = 1dec, old = 1; CREATE user:2 SET name = 'b', `a b` = { x: 1, y: { z: 1 } }, any = { q: 1 };" +
      "CREATE user:3 SET name = 'c', items = [{ p: 1 }, { p: 2, q: 3 }]; CREATE user:4 SET name = 'd', `a b` = { x: 1 }, items = []",
    down: "DEFINE TABLE OVERWRITE user SCHEMAFULL; DEFINE FIELD old ON user TYPE any;",
  });
  expect(plan.preserve).toMatchObject([{ kind: "records", table: "user", cleans: true }]);
  const blocked = plan.issues.find(({ code }) => code === "writes_blocked");
  expect(blocked?.description).toContain("is kept in the quarantine and taken out");
  expect(entries).toMatchObject([{ kind: "records", count: 3 }]);
  expect(items[0]?.[0]).toBe(
    "{ id: user:1, left: { id: user:1, name: 'a', old: 1 }, value: { extra: 1dec, id: user:1, name: 'a', old: 1 } }",
  );
  const [updated] = await project.db.query("UPDATE user RETURN VALUE [`a b`, items, any]");
  expect(updated).toEqual([
    [undefined, undefined, undefined],
    [{ x: 1 }, undefined, { q: 1 }],
    [undefined, [{ p: 1 }, { p: 2 }], undefined],
    [{ x: 1 }, [], undefined],
  ]);
});

test("what a statement does not remove after all is not kept", async () => {
  const { entries } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE TABLE post; DEFINE FIELD a ON post; DEFINE FIELD b ON post;",
    fill: "CREATE user:1; CREATE post:1 SET a = 1, b = 2",
    down: "IF false { REMOVE TABLE user; REMOVE FIELD a ON post }; IF true { REMOVE FIELD b ON post };",
  });
  expect(entries).toMatchObject([{ kind: "field", field: "b", count: 1 }]);
});

test("a table that a function removes is kept", async () => {
  const { entries, items } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE FUNCTION fn::wipe() { REMOVE TABLE user };",
    fill: "CREATE user:1 SET a = 1",
    down: "fn::wipe(); REMOVE FUNCTION fn::wipe;",
  });
  expect(entries).toMatchObject([{ kind: "table", table: "user", count: 1 }]);
  expect(items).toEqual([["{ a: 1, id: user:1 }"]]);
});

test("a table that is removed on a condition, after some of its records were deleted", async () => {
  const { entries, items } = await keep(project, {
    up: "DEFINE TABLE user;",
    fill: "CREATE user:1 SET a = 1; CREATE user:2 SET a = 2",
    down: "DELETE user:1; IF true { REMOVE TABLE user };",
  });
  expect(entries).toMatchObject([{ kind: "table", table: "user", count: 2 }]);
  expect(items).toEqual([["{ a: 1, id: user:1 }", "{ a: 2, id: user:2 }"]]);
});

test("an edge whose ends are both gone is still an edge", async () => {
  const { items } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE TABLE post;",
    fill: "CREATE user:1; CREATE post:1; RELATE user:1->wrote:1->post:1; REMOVE TABLE user; REMOVE TABLE post",
    down: "REMOVE TABLE wrote;",
  });
  expect(items).toEqual([["{ id: wrote:1, in: user:1, out: post:1 }"]]);
  const [relations] = await project.db.query(
    "SELECT VALUE relation FROM _rollback_quarantine WHERE items != NONE",
  );
  expect(relations).toEqual([true]);
});

test("of tables that could hold edges, only those that do are looked into", async () => {
  const { plan, entries } = await keep(project, {
    up: "DEFINE TABLE user; DEFINE TABLE post; DEFINE TABLE page;",
    fill: "CREATE user:1; CREATE post:1; CREATE page:1; RELATE post:1->likes:1->user:1",
    down: "DELETE user;",
  });
  expect(plan.preserve?.map(({ table }) => table)).toEqual(["likes", "user"]);
  expect(entries.map(({ table }) => table)).toEqual(["likes", "user"]);
});

test("the event says what was kept, and how to undo the rollback", async () => {
  const { entries } = await keep(project, {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD a ON user TYPE int; DEFINE TABLE empty;",
    fill: "CREATE user:1 SET a = 1; CREATE user:2 SET a = 2;",
    down: "REMOVE FIELD a ON user; REMOVE TABLE user; REMOVE TABLE empty;",
  });
  const ids = entries.map(({ id }) => id);
  expect((await listEvents(project.db)).at(-1)).toMatchObject({
    kept: [
      { entry: ids[0], kind: "field", migration: "1", table: "user", field: "a", count: 2 },
      { entry: ids[1], kind: "table", migration: "1", table: "user", count: 2 },
    ],
    undo: "surql migrate up --to 1 --restore ours",
  });
  expect(entries[0]?.event).toBe(
    (await listEvents(project.db)).at(-1)?.id.split(":")[1]?.replaceAll("`", ""),
  );
});

test("a failure leaves nothing", async () => {
  const failing = keep(project, {
    up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD a ON user TYPE int;",
    fill: "CREATE user:1 SET a = 1",
    down: "REMOVE FIELD a ON user; REMOVE TABLE user; THROW 'no';",
  });
  await expect(failing).rejects.toThrow("no");
  expect(await project.rows("_rollback_quarantine")).toEqual([]);
  expect(await project.rows("user")).toMatchObject([{ a: 1 }]);
});
