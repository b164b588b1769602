import type { Database } from "@surql/connection";
import { describe, expect, test } from "vitest";
import { analyzeSteps, type AnalysisOptions, type Impact } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

/** The impact of each issue, by code and name. */
async function impacts(
  db: Database,
  down: string,
  options?: AnalysisOptions,
): Promise<Readonly<Record<string, Impact | undefined>>> {
  const { issues } = await analyzeSteps(db, stepsOf(down), options);
  return Object.fromEntries(
    issues.map(({ code, object, impact }) => [`${code} ${object?.name}`, impact]),
  );
}

const exactly = (records: number): Impact => ({ records, exact: true });

describe("records that would be refused are found by trying", () => {
  const people = `DEFINE TABLE user; DEFINE FIELD age ON user TYPE option<int>; DEFINE FIELD name ON user TYPE option<string>;
    FOR $i IN 1..=2100 { CREATE type::record('user', $i) SET age = IF $i % 700 = 0 { NONE } ELSE { $i }, name = 'n' };`;

  test("among many records, each definition is blamed for its own", async () => {
    await using db = await openDatabase();
    await db.query(people);
    const down = `DEFINE FIELD OVERWRITE age ON user TYPE int ASSERT $value != 5;
      DEFINE FIELD OVERWRITE name ON user TYPE int;`;
    expect(await impacts(db, down)).toEqual({
      "field_type_changed age": exactly(0),
      "constraint_narrowed age": exactly(1),
      "writes_blocked age": exactly(3),
      "field_type_changed name": exactly(2100),
      "writes_blocked name": exactly(0),
    });
  });

  test("those that cannot be written today are not counted", async () => {
    await using db = await openDatabase();
    await db.query("CREATE user:1 SET age = 'x'; CREATE user:2 SET age = 2");
    await db.query("DEFINE FIELD age ON user TYPE int");
    expect(await impacts(db, "DEFINE FIELD OVERWRITE age ON user TYPE string")).toEqual({
      "field_type_changed age": exactly(1),
    });
  });

  test("what the plan itself repairs is not counted", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE FIELD age ON user TYPE string; CREATE user:1 SET age = '1'; CREATE user:2 SET age = '2'",
    );
    const down = `REMOVE FIELD age ON user; UPDATE user:1 SET age = <int> age; DEFINE FIELD age ON user TYPE int;`;
    expect(await impacts(db, down)).toMatchObject({ "field_type_changed age": exactly(1) });
  });

  test("nothing is kept, and no event is set off", async () => {
    await using db = await openDatabase();
    await db.query(`DEFINE FIELD age ON user TYPE int; CREATE user:1 SET age = 1; DEFINE TABLE entry;
      DEFINE EVENT log ON user THEN { CREATE entry; http::post('http://127.0.0.1:9/') };`);
    const everything = "SELECT * FROM user, entry; INFO FOR DB; INFO FOR TABLE user";
    const before = await db.query(everything);
    expect(await impacts(db, "DEFINE FIELD OVERWRITE age ON user TYPE string")).toEqual({
      "field_type_changed age": exactly(1),
    });
    expect(await db.query(everything)).toEqual(before);
  });

  test("what would have effects outside is not tried: at most all values are refused", async () => {
    await using db = await openDatabase();
    await db.query(`DEFINE SEQUENCE number; DEFINE FIELD age ON user TYPE int; CREATE user:1 SET age = 1;
      DEFINE FIELD n ON user VALUE sequence::nextval('number')`);
    expect(await impacts(db, "DEFINE FIELD OVERWRITE age ON user TYPE string")).toEqual({
      "field_type_changed age": { records: 1, exact: false },
    });
    expect(await db.query("RETURN sequence::nextval('number')")).toEqual([0]);
  });

  test("a plan that fails there leaves upper bounds", async () => {
    await using db = await openDatabase();
    await db.query("DEFINE FIELD age ON user TYPE int; CREATE user:1 SET age = 1");
    const down = "DEFINE FIELD OVERWRITE age ON user TYPE string; DEFINE FIELD age ON user";
    expect(await impacts(db, down)).toMatchObject({
      "field_type_changed age": { records: 1, exact: false },
    });
  });
});

test("values that the next write overwrites are counted, not those that it keeps or cannot reach", async () => {
  await using db = await openDatabase();
  await db.query(`DEFINE FIELD tag ON t; DEFINE FIELD n ON t TYPE int; CREATE t:1 SET tag = 'A', n = 1;
    CREATE t:2 SET tag = 'b', n = 1; CREATE t:3 SET n = 1; CREATE t:4 SET tag = 'C', n = 0`);
  const down = `DEFINE FIELD OVERWRITE tag ON t VALUE string::lowercase($value ?? 'none');
    DEFINE FIELD OVERWRITE n ON t TYPE int ASSERT $value > 0`;
  expect(await impacts(db, down)).toEqual({
    "records_changed tag": exactly(1),
    "constraint_narrowed n": exactly(1),
  });
});

test("values that a computed field hides are counted as they show again", async () => {
  await using db = await openDatabase();
  await db.query("CREATE t:1 SET a = 3; CREATE t:2; DEFINE FIELD a ON t COMPUTED 4");
  expect(await impacts(db, "REMOVE FIELD a ON t")).toEqual({ "field_removed a": exactly(1) });
  await db.query("REMOVE FIELD a ON t");
  expect(await db.query("SELECT VALUE a FROM t")).toEqual([[3, undefined]]);
});

describe("the records that a write is for are counted exactly", () => {
  const orders = `FOR $i IN 1..=20 { CREATE type::record('order', $i) SET n = $i, tags = IF $i < 4 { ['old'] } ELSE { [] } };
    CREATE other:1;`;

  test.each([
    ["DELETE order WHERE n > 15", 5],
    ["DELETE FROM ONLY order:3", 1],
    ["delete order:1, order:2, order:99 return before", 2],
    ["DELETE order:5..=9", 5],
    ["DELETE order WHERE tags CONTAINS 'old' AND (SELECT VALUE id FROM other) != []", 3],
    ["DELETE `order` WHERE string::len(<string> n) = 1 TIMEOUT 5s", 9],
    ["DELETE order", 20],
  ])("%s", async (down, records) => {
    await using db = await openDatabase();
    await db.query(orders);
    expect(await impacts(db, down)).toEqual({ "records_deleted order": exactly(records) });
    const [before] = await db.query("SELECT VALUE id FROM order");
    await db.query(down);
    const [after] = await db.query("SELECT VALUE id FROM order");
    expect((before as unknown[]).length - (after as unknown[]).length).toBe(records);
  });
});

describe("above the row budget", () => {
  const large =
    "FOR $i IN 0..1000 { CREATE type::record('t', $i) SET n = $i, a = IF $i % 2 = 0 { 1 }, mail = $i % 500 };";

  test("a sample is looked at, and every number says so", async () => {
    await using db = await openDatabase();
    await db.query(large);
    const options = { rowBudget: 100 };
    expect(await impacts(db, "DELETE t WHERE a = 1", options)).toEqual({
      "records_deleted t": { records: 500, exact: false, sample: 100 },
    });
    const { issues } = await analyzeSteps(db, stepsOf("DELETE t WHERE a = 1"), options);
    expect(issues[0]?.affectedData).toBe("about 500 records of t (from a sample of 100)");
    expect(await impacts(db, "DEFINE FIELD a ON t TYPE int", options)).toEqual({
      "field_type_changed a": { records: 0, exact: false, sample: 100 },
      "writes_blocked a": { records: 500, exact: false, sample: 100 },
    });
  });

  test("nothing is safe because a sample shows nothing", async () => {
    await using db = await openDatabase();
    await db.query(large);
    const options = { rowBudget: 10 };
    expect(await impacts(db, "DEFINE INDEX i ON t FIELDS mail UNIQUE", options)).toEqual({
      "index_would_fail i": { records: 0, exact: false, sample: 10 },
    });
    expect(await impacts(db, "DEFINE FIELD b ON t TYPE option<int>", options)).toEqual({
      "field_type_changed b": { records: 0, exact: false, sample: 10 },
    });
  });

  test.each([0, -1, 1.5, Number.NaN])("a sample of %d is refused", async (rowBudget) => {
    await using db = await openDatabase();
    await expect(analyzeSteps(db, [], { rowBudget })).rejects.toMatchObject({
      code: "SAFETY.INVALID_ROW_BUDGET",
      category: "usage",
    });
  });

  test("the number of records in a table is exact all the same", async () => {
    await using db = await openDatabase();
    await db.query(large);
    expect(await impacts(db, "REMOVE TABLE t", { rowBudget: 10 })).toEqual({
      "table_removed t": exactly(1000),
    });
  });
});
