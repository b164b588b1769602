import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";

// What giving data back leans on. The day one of these fails, the engine has changed.
let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

test("a record that was written in the same transaction has no id when it is read by it", async () => {
  const script = [
    "CREATE user:1",
    "record::exists(user:1)",
    "(SELECT VALUE id FROM user)",
    "(SELECT VALUE 1 FROM user:1)",
  ];
  const [, exists, scanned, found] = await db.transact(script.map((text) => ({ text })));
  expect(exists).toBe(false);
  expect([scanned, found]).toMatchObject([[expect.anything()], [1]]);
});

test("a loop over a subquery fails for one row, over a variable it does not", async () => {
  await db.query("CREATE user:1; DEFINE TABLE log");
  await expect(db.query("FOR $row IN (SELECT * FROM user) { CREATE log }")).rejects.toMatchObject({
    meta: { reason: expect.stringContaining("Cannot execute statement using value") },
  });
  await db.query("LET $rows = (SELECT * FROM user); FOR $row IN $rows { CREATE log }");
  expect((await db.query("SELECT * FROM log"))[0]).toHaveLength(1);
});

test("OPTION IMPORT can be switched on and off inside a transaction", async () => {
  await db.query(
    "DEFINE FIELD n ON user VALUE 1; DEFINE TABLE log; DEFINE EVENT e ON user THEN { CREATE log }",
  );
  const script = [
    "OPTION IMPORT",
    "CREATE user:1 SET n = 7",
    "OPTION IMPORT = FALSE",
    "CREATE user:2 SET n = 7",
  ];
  await db.transact(script.map((text) => ({ text })));
  expect(await db.query("SELECT VALUE n FROM user; SELECT VALUE 1 FROM log")).toEqual([
    [7, 1],
    [1],
  ]);
});

test("RELATE over an edge that is there makes its ends know it again, and leaves it as it is", async () => {
  await db.query(
    "DEFINE TABLE knows TYPE RELATION; CREATE user:1; CREATE user:2; RELATE user:1->knows:1->user:2 SET w = 1",
  );
  await db.query("REMOVE TABLE user; DEFINE TABLE user; CREATE user:1; CREATE user:2");
  const ask = "RETURN array::len(user:1->knows->user); SELECT VALUE w FROM knows";
  expect(await db.query(ask)).toEqual([0, [1]]);
  await db.query("RELATE user:1->knows:1->user:2");
  expect(await db.query(ask)).toEqual([1, [1]]);
});

test("an update to an equal number of another type is not stored", async () => {
  await db.query(
    "CREATE user:1 SET n = 1; UPDATE user:1 SET n = 1f; UPDATE user:1 REPLACE { n: 1dec }",
  );
  expect(await db.query("RETURN <string>user:1.n; RETURN 1 = 1dec")).toEqual(["1", true]);
});
