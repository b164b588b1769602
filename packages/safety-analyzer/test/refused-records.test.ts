import { expect, test } from "vitest";
import { refusedRecords } from "../src/counting/refused-records.ts";
import { openDatabase } from "./open-database.ts";

test("each refused record is found, however many there are in a stretch of the table", async () => {
  await using db = await openDatabase();
  // Half of them, few, none, and then half of them again.
  const isRefused =
    "$i < 11000 AND $i % 2 = 0 OR $i > 11000 AND $i < 20000 AND $i % 2000 = 7 OR $i > 31000 AND $i % 2 = 0";
  for (let begin = 0; begin < 32_000; begin += 4000) {
    await db.query(
      `FOR $i IN ${begin}..${begin + 4000} { CREATE type::record('t', $i) SET n = IF ${isRefused} { 'x' } ELSE { 1 } }`,
    );
  }
  const refused = await db.rehearse(async (trial) => {
    const [ids] = await trial.query("SELECT VALUE id FROM t; DEFINE FIELD n ON t TYPE int");
    return refusedRecords(trial, ids as readonly unknown[], false);
  });
  const [expected] = await db.query("SELECT VALUE id FROM t WHERE n = 'x'");
  expect(refused.map(String)).toEqual((expected as readonly unknown[]).map(String));
});
