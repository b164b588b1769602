import { connect } from "@surql/connection";
import { captureSchema } from "@surql/snapshot";
import { expect, test } from "vitest";
import { proveMigrations } from "../src/index.ts";
import { migration, openScratch, prove } from "./made-migration.ts";

test("records of a database are used as they are, and it is not changed", async () => {
  await using live = await connect({ url: "mem://", namespace: "test", database: "test" });
  await live.query(
    "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD at ON user COMPUTED time::now();" +
      "DEFINE TABLE likes TYPE RELATION IN user OUT user; DEFINE EVENT no ON user THEN { CREATE log }; DEFINE TABLE log;",
  );
  await live.query(
    "CREATE user:1 SET name = 'Ada'; CREATE user:2 SET name = ' Bo '; CREATE user:3 SET name = 'Cy'; RELATE user:1->likes->user:2",
  );
  const stored = "SELECT VALUE <string>object::remove($this, 'at') FROM user, likes, log";
  const before = await live.query(stored);
  const all = [
    migration("1", [
      "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; DEFINE FIELD at ON user COMPUTED time::now(); DEFINE TABLE likes TYPE RELATION IN user OUT user",
      "REMOVE TABLE likes; REMOVE TABLE user",
    ]),
    migration("2", [
      "UPDATE user SET name = string::trim(name)",
      "DEFINE FIELD x ON user; REMOVE FIELD x ON user",
    ]),
    migration("3", ["DEFINE FIELD n ON likes TYPE option<int>", "REMOVE FIELD n ON likes"]),
  ];
  const { ground, migrations } = await proveMigrations(all, {
    openScratch,
    sample: { from: live, limit: 2 },
  });
  expect(ground).toBe("sample");
  expect(migrations.map(({ verdict, records }) => [verdict, records])).toEqual([
    ["exact", 0],
    ["loses", 2],
    ["exact", 3],
  ]);
  // Only one of the two names has spaces around it.
  expect(migrations[1]?.changes).toEqual([
    { stage: "down", table: "user", field: "name", change: "changed", records: 1, by: "up" },
  ]);
  expect(await live.query(stored)).toEqual(before);
  expect(Object.keys((await captureSchema(live)).tables)).toEqual(["log", "user"]);
});

test("of a table that is not there, records are made", async () => {
  await using live = await openScratch();
  const all = [
    migration("1", [
      "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string",
      "REMOVE TABLE user",
    ]),
    migration("2", ["DEFINE FIELD n ON user TYPE option<int>", "REMOVE FIELD n ON user"]),
  ];
  const { migrations } = await proveMigrations(all, {
    openScratch,
    sample: { from: live, limit: 2 },
  });
  expect(migrations[1]).toMatchObject({ verdict: "exact", records: 3 });
});

test("records that refer to copied ones go along with them", async () => {
  await using from = await openScratch();
  const tables =
    "DEFINE TABLE user; DEFINE TABLE post SCHEMAFULL; DEFINE FIELD title ON post TYPE string; DEFINE FIELD writer ON post TYPE option<record<user>> REFERENCE ON DELETE CASCADE";
  await from.query(
    `${tables}; CREATE user:1; CREATE post:1 SET title = 'one', writer = user:1; CREATE post:2 SET title = 'two'`,
  );
  const [, proof] = await prove(
    [
      [tables, "REMOVE TABLE post; REMOVE TABLE user"],
      ["DELETE user", "CREATE user:1"],
    ],
    { sample: { from, limit: 10 } },
  );
  expect(proof).toMatchObject({
    verdict: "loses",
    records: 3,
    changes: [{ stage: "down", table: "post", change: "lost", records: 1, by: "up" }],
  });
});
