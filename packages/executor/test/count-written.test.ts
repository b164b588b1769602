import { expect, test } from "vitest";
import { connect } from "@surql/connection";
import { countWritten } from "../src/rehearsal/count-written.ts";

const data =
  "DEFINE TABLE knows TYPE RELATION; CREATE t:1 SET a = 1; CREATE t:2 SET a = 2; CREATE t:3 SET a = 3;";

test.each([
  ["UPDATE t SET a += 1", 3],
  ["update t set a += 1 where a > 1 return before", 2],
  ["UPDATE t SET a = (SELECT VALUE a FROM t WHERE a = 1 TIMEOUT 1s) RETURN NONE TIMEOUT 5s", 3],
  ["UPDATE t SET a = 5 TIMEOUT 5s -- all of them", 3],
  ["UPDATE t:return, t:2 SET b = { RETURN 1 } RETURN a, a AS timeout", 1],
  ["UPSERT t:9 SET a = 1 RETURN DIFF", 1],
  ["DELETE t WHERE a < 3", 2],
  ["DELETE FROM t RETURN VALUE $before.a", 3],
  ["CREATE t SET a = 7", 1],
  ["INSERT INTO t [{ id: 1, a: 2 }, { a: 3 }] ON DUPLICATE KEY UPDATE a = 5", 2],
  ["INSERT IGNORE INTO t [{ id: 1, a: 2 }, { id: 4 }] RETURN NONE", 1],
  ["RELATE t:1->knows->t:2 SET since = 1", 1],
])("%s: %i", async (statement, written) => {
  await using db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await db.query(data);
  expect(await db.query(countWritten(statement) ?? "")).toEqual([written]);
});

test.each([
  "SELECT * FROM t",
  "UPDATE ONLY t:1 SET a = 1",
  "DELETE FROM ONLY t:1",
  "RETURN (UPDATE t)",
  "REMOVE TABLE t",
  "",
])("not of %j", (statement) => expect(countWritten(statement)).toBeUndefined());
