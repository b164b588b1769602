import type { Database } from "@surql/connection";
import { describe, expect, test } from "vitest";
import { analyzeSteps, type AnalysisOptions } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

/** Each issue as `migration code name records`, `<=` before an upper bound. */
async function told(
  db: Database,
  downs: readonly string[],
  options?: AnalysisOptions,
): Promise<readonly string[]> {
  const { issues } = await analyzeSteps(db, stepsOf(...downs), options);
  return issues.map(({ code, migration, object, impact }) => {
    const records = impact === undefined ? "-" : `${impact.exact ? "" : "<="}${impact.records}`;
    return `${migration} ${code} ${object?.name ?? "-"} ${records}`;
  });
}

const orders = `FOR $i IN 1..=20 { CREATE type::record('order', $i) SET n = $i };
  CREATE other:1 SET limit = 15; DEFINE FUNCTION fn::old($n: int) { $n > 15 };`;

describe("what reading cannot count is counted by trying", () => {
  test.each([
    ["a variable", "LET $n = 15; DELETE order WHERE n > $n", 5],
    ["a block", "IF true { DELETE order WHERE n > 15 }", 5],
    ["an earlier write", "UPDATE order SET n = 1 WHERE n = 2; DELETE order WHERE n = 1", 2],
    [
      "an earlier write elsewhere",
      "UPDATE other SET limit = 18; DELETE order WHERE n > other:1.limit",
      2,
    ],
    ["a loop", "FOR $n IN [1, 2, 2, 99] { DELETE type::record('order', $n) }", 2],
    ["a definition before it", "DEFINE PARAM $max VALUE 3; DELETE order WHERE n < $max", 2],
  ])("where %s decides", async (_, down, records) => {
    await using db = await openDatabase();
    await db.query(orders);
    expect(await told(db, [down])).toContain(`1 records_deleted order ${records}`);
    const [before] = await db.query("SELECT VALUE id FROM order");
    await db.query(down);
    const [after] = await db.query("SELECT VALUE id FROM order");
    expect((before as unknown[]).length - (after as unknown[]).length).toBe(records);
  });

  test("of every migration, what it does itself to the records from before", async () => {
    await using db = await openDatabase();
    await db.query(orders);
    const downs = [
      "CREATE order:99 SET n = 99; LET $x = (DELETE order WHERE n > 18)",
      "FOR $n IN [1, 2] { UPDATE order SET n = 0 WHERE n = $n }; LET $x = (DELETE order WHERE n > 17)",
    ];
    expect(await told(db, downs)).toEqual([
      "1 records_deleted order 2",
      "2 records_changed order 2",
      "2 records_deleted order 1",
    ]);
  });

  test("a record that is written as it was, or whose computed values are others, has not changed", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE FIELD seen ON t COMPUTED rand::uuid(); CREATE t:1 SET n = 1; CREATE t:2 SET n = 2",
    );
    const down = "LET $x = (UPDATE t SET n = 1)";
    expect(await told(db, [down])).toEqual(["1 records_changed t 1"]);
  });

  test("what no statement of that kind is for leaves an upper bound", async () => {
    await using db = await openDatabase();
    await db.query(
      `${orders} DEFINE EVENT gone ON order WHEN $event = 'DELETE' THEN { LET $one = order:9; UPDATE $one SET n = 0 }`,
    );
    const down = "FOR $n IN [1, 2] { DELETE order WHERE n = $n }";
    expect(await told(db, [down])).toContain("1 records_deleted order <=3");
    expect(await told(db, [`${down}; UPDATE order:3 SET n = 1`])).toContain(
      "1 records_deleted order 2",
    );
  });

  test("a write that did not happen keeps its upper bound, and says so", async () => {
    await using db = await openDatabase();
    await db.query(orders);
    const { issues } = await analyzeSteps(
      db,
      stepsOf("IF other:1.limit > 99 { DELETE order WHERE n > 1 }"),
    );
    expect(issues).toMatchObject([{ safety: "unsafe", impact: { records: 20, exact: false } }]);
    expect(issues[0]?.description).toContain("it did nothing");
  });
});

describe("where the tables are computed", () => {
  test("trying names all of them", async () => {
    await using db = await openDatabase();
    await db.query(
      `${orders} CREATE third:1; DEFINE TABLE view AS SELECT count() FROM order GROUP ALL`,
    );
    const down = "FOR $one IN [order:1, order:2, other:1] { DELETE $one }";
    expect(await told(db, [down])).toEqual([
      "1 records_deleted order 2",
      "1 records_deleted other 1",
    ]);
    const { issues } = await analyzeSteps(
      db,
      stepsOf(down.replace("DELETE $one", "UPDATE $one SET n = 0")),
    );
    expect(issues.map(({ safety }) => safety)).toEqual(["unsafe", "unsafe"]);
  });

  test("nothing is named that was not found, and nothing found takes the warning away", async () => {
    await using db = await openDatabase();
    await db.query(orders);
    expect(await told(db, ["LET $one = order:99; DELETE $one"])).toEqual(["1 records_deleted - -"]);
    const down = ["LET $one = other:1; DELETE $one"];
    expect(await told(db, down, { rowBudget: 10 })).toEqual(["1 records_deleted - -"]);
  });
});

test("what a function or an event deletes and rewrites is told", async () => {
  await using db = await openDatabase();
  await db.query(`${orders} DEFINE FUNCTION fn::clear($n: int) { DELETE order WHERE n < $n };
    DEFINE EVENT gone ON order WHEN $event = 'DELETE' THEN (UPDATE other SET limit -= 1);`);
  const { issues } = await analyzeSteps(db, stepsOf("fn::clear(4)"));
  expect(issues.map(({ affectedData }) => affectedData)).toEqual(["3 records of order deleted"]);
  const { issues: byEvent } = await analyzeSteps(db, stepsOf("DELETE order:1, order:2"));
  expect(byEvent.map(({ affectedData }) => affectedData)).toEqual([
    "2 records of order",
    "1 record of other rewritten",
  ]);
});

describe("trying does no harm", () => {
  test("events fire inside, and nothing is kept", async () => {
    await using db = await openDatabase();
    await db.query(`${orders} DEFINE TABLE entry;
      DEFINE EVENT gone ON order WHEN $event = 'DELETE' THEN { CREATE entry; DELETE other };`);
    const everything = "SELECT * FROM order, other, entry; INFO FOR DB; INFO FOR TABLE order";
    const before = await db.query(everything);
    const downs = ["LET $n = 3; DELETE order WHERE n < $n", "IF true { DELETE other WHERE true }"];
    expect(await told(db, downs)).toEqual([
      "1 records_deleted order 2",
      "1 side_effects gone -",
      // The event was quicker.
      "2 records_deleted other <=1",
    ]);
    expect(await db.query(everything)).toEqual(before);
  });

  test.each([
    "LET $n = sequence::nextval('number'); DELETE order WHERE n = $n",
    "LET $x = (CREATE numbered:1); LET $n = 2; DELETE order WHERE n = $n",
  ])("a sequence does not move: %s", async (down) => {
    await using db = await openDatabase();
    await db.query(`${orders} DEFINE SEQUENCE number; DEFINE TABLE numbered;
      DEFINE FIELD n ON numbered VALUE sequence::nextval('number')`);
    expect(await told(db, [down])).toContain("1 records_deleted order <=20");
    expect(await db.query("RETURN sequence::nextval('number')")).toEqual([0]);
  });

  test("no index is built or removed", async () => {
    await using db = await openDatabase();
    await db.query(`${orders} DEFINE INDEX by_n ON order FIELDS n`);
    const down = `REMOVE INDEX by_n ON order; UPDATE order SET n = 1; DEFINE INDEX by_n ON order FIELDS n UNIQUE;
      LET $n = 1; DELETE order WHERE n = $n AND id != order:1`;
    expect(await told(db, [down])).toContain("1 records_deleted order 19");
    expect(await db.query("SELECT VALUE id FROM order WHERE n = 7")).toMatchObject([[{ id: 7 }]]);
  });
});

describe("an upper bound has to do", () => {
  test.each([
    ["a statement fails", "LET $n = 1; DELETE order WHERE n = $n; CREATE order:2"],
    ["the table is too large", "LET $n = 1; DELETE order WHERE n = $n", { rowBudget: 19 }],
    [
      "another table of the plan is too large",
      "FOR $n IN [1] { DELETE other:1; UPDATE order SET n = $n }",
      { rowBudget: 19 },
    ],
  ] as const)("where %s", async (_, down, options?: AnalysisOptions) => {
    await using db = await openDatabase();
    await db.query(orders);
    const issues = await told(db, [down], options);
    expect(issues.filter((one) => / records_\w+ /.test(one) && !one.includes("<="))).toEqual([]);
  });
});
