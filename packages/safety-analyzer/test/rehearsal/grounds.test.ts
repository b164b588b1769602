import type { Database } from "@surql/connection";
import { SurqlError } from "@surql/errors";
import { captureSchema, schemaChecksum } from "@surql/snapshot";
import { expect, test } from "vitest";
import { analyzeSteps } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const missing = new SurqlError({
  code: "CONNECTION.ENGINE_MISSING",
  category: "usage",
  message: "The embedded engine is not installed.",
  nextActions: [],
});

/** A database on a machine on which no embedded engine is installed. */
function withoutEngine(db: Database, target: Partial<Database["target"]> = {}): Database {
  return { ...db, target: { ...db.target, ...target }, openScratch: () => Promise.reject(missing) };
}

const live = `
  DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; CREATE user:1 SET name = 'Ada';
  DEFINE TABLE post;`;

test("without an embedded engine changes of the schema are tried on the database, and cancelled", async () => {
  await using db = await openDatabase();
  await db.query(live);
  const before = schemaChecksum(await captureSchema(db));
  const down = `FOR $t IN ['post'] { REMOVE TABLE $t }; IF false { REMOVE TABLE user };
    DEFINE INDEX name_idx ON user FIELDS name; UPDATE user SET name = 'Bob'; REMOVE FIELD name ON user;`;
  const { issues, rehearsal } = await analyzeSteps(withoutEngine(db), stepsOf(down), {
    rehearse: true,
  });

  const told = issues.map(({ code, object, evidence }) => [
    code,
    object?.name,
    evidence?.rehearsal,
  ]);
  expect(told).toEqual([
    ["unknown", undefined, undefined],
    ["table_removed", "user", false],
    ["records_changed", "user", undefined],
    ["field_removed", "name", true],
    ["writes_blocked", "name", true],
  ]);
  expect(issues[1]?.description).toMatch(
    /Trying the plan in a cancelled transaction did not show this\.$/,
  );
  expect(rehearsal).toMatchObject({ ground: "live", why: missing.message, omitted: [] });
  expect(rehearsal?.unproven).toHaveLength(3);
  expect(schemaChecksum(await captureSchema(db))).toBe(before);
  expect(await db.query("SELECT VALUE name FROM user")).toEqual([["Ada"]]);
});

test("where there is no ground at all the verdict rests on reading", async () => {
  await using db = await openDatabase();
  await db.query(live);
  const steps = stepsOf("REMOVE TABLE user; REMOVE FIELD ghost ON post");
  const alone = await analyzeSteps(db, steps);
  const bare = withoutEngine(db, { interactiveTransactions: false });
  const { rehearsal, ...verdict } = await analyzeSteps(bare, steps, { rehearse: true });

  expect(verdict).toEqual(alone);
  expect(rehearsal).toMatchObject({ ground: "none", why: missing.message });
});

test("a scratch engine of another version that cannot hold the schema is as good as none", async () => {
  await using db = await openDatabase();
  await db.query(live);
  const schema = await captureSchema(db);
  const newer = { ...schema, objects: { gizmos: { one: "DEFINE GIZMO one" } } };
  const elsewhere = { ...db, target: { ...db.target, engineVersion: "3.9.0" } };
  const options = { rehearse: true, schema: newer };
  const { rehearsal } = await analyzeSteps(elsewhere, stepsOf("REMOVE TABLE post"), options);
  expect(rehearsal?.ground).toBe("live");
  expect(rehearsal?.why).toContain("gizmo one");
});

test("a plan that takes the scratch engine its database cannot be rehearsed", async () => {
  await using db = await openDatabase();
  await db.query(`${live} DEFINE FUNCTION fn::end() { REMOVE DATABASE test };`);
  const { overallSafety, rehearsal } = await analyzeSteps(db, stepsOf("fn::end()"), {
    rehearse: true,
  });
  expect({ overallSafety, ground: rehearsal?.ground }).toEqual({
    overallSafety: "unsafe",
    ground: "none",
  });
  expect(rehearsal?.why).toMatch(/^The schema could not be read after it: /);
});

test("every scratch engine is closed, also where a plan is run again or fails", async () => {
  await using db = await openDatabase();
  await db.query(live);
  const opened: Database[] = [];
  const watched: Database = {
    ...db,
    async openScratch() {
      const scratch = await db.openScratch();
      opened.push(scratch);
      return scratch;
    },
  };
  const disputed = "DEFINE TABLE a; REMOVE TABLE post; DEFINE TABLE post; REMOVE TABLE a";
  const lacking = "IF array::len((SELECT * FROM user)) = 0 { THROW 'nobody' }; DEFINE TABLE user";
  for (const down of [disputed, lacking]) {
    await analyzeSteps(watched, stepsOf(down), { rehearse: true });
  }
  expect(opened).toHaveLength(4);
  for (const scratch of opened) {
    await expect(scratch.query("RETURN 1")).rejects.toMatchObject({ code: "CONNECTION.CLOSED" });
  }
});
