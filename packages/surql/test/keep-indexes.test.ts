import { analyzeSteps, connect, splitStatements, type RollbackIssue } from "surql";
import { expect, it } from "vitest";
import { keepIndexes } from "./keep-indexes.ts";

/** What the rule alone says about a script, on a database with one index and this many records. */
async function judge(script: string, records: number): Promise<readonly RollbackIssue[]> {
  const db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await db.query("DEFINE TABLE user; DEFINE INDEX by_name ON user FIELDS name");
  await db.query(`FOR $i IN 0..${records} { CREATE user SET name = <string>$i }`);
  const steps = [{ migration: "1", statements: splitStatements(script) }];
  const { issues } = await analyzeSteps(db, steps, { rules: [keepIndexes] });
  await db.close();
  return issues;
}

it("names an index of a large table that goes", async () => {
  expect(await judge("REMOVE INDEX by_name ON user", 100)).toMatchObject([
    { safety: "data_loss", code: "index_removed", object: { table: "user", name: "by_name" } },
  ]);
});

it.each([
  ["of a small table", "REMOVE INDEX by_name ON user", 99],
  [
    "that comes back",
    "REMOVE INDEX by_name ON user; DEFINE INDEX by_name ON user FIELDS name",
    100,
  ],
  ["that is only talked about", "LET $said = 'REMOVE INDEX by_name ON user'", 100],
])("says nothing about one %s", async (_case, script, records) => {
  expect(await judge(script, records)).toEqual([]);
});
