import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listQuarantine } from "@surql/history";
import { applyMigrations, restoreQuarantined, type ExecutorEvent } from "../../src/index.ts";
import { keep, type Kept } from "./keep.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

const people: Kept = {
  id: "q1",
  kind: "table",
  table: "person",
  items: ["[{ id: person:1 }, { id: person:2 }]"],
  count: 2,
};
const posts: Kept = {
  id: "q2",
  kind: "table",
  table: "post",
  items: ["[{ id: post:1, best: person:1, `many of`: [person:1, person:2], n: 1f, at: 77 }]"],
  count: 1,
};
const schema = `
  DEFINE TABLE person; DEFINE TABLE log;
  DEFINE TABLE post SCHEMAFULL; DEFINE FIELD n ON post TYPE float; DEFINE FIELD at ON post VALUE 5; DEFINE FIELD twice ON post COMPUTED n * 2;
  DEFINE FIELD best ON post TYPE record<person> REFERENCE ON DELETE REJECT;
  DEFINE FIELD \`many of\` ON post TYPE array<record<person>> REFERENCE;
  DEFINE EVENT made ON post THEN { CREATE log };
`;

async function text(expression: string): Promise<string> {
  return String((await db.query(`RETURN <string>${expression}`))[0]);
}

test.each([
  ["records that refer", false],
  ["records that are referred to", true],
])("%s are known to each other again", async (_, stayed) => {
  await db.query(schema);
  if (stayed) {
    await db.query(
      "CREATE person:1; CREATE person:2; CREATE post:1 SET best = person:1, `many of` = [person:1, person:2], n = 1f, at = 77",
    );
    await db.query("REMOVE TABLE person; DEFINE TABLE person; DELETE log");
    await db.query("OPTION IMPORT; UPDATE post SET at = 77");
  } else {
    await db.query("CREATE person:1; CREATE person:2");
  }
  expect(await text("person:2<~post")).toBe("[]");
  const events = await text("(INFO FOR TABLE post).events");
  await keep(db, stayed ? people : posts);
  await restoreQuarantined(db, undefined, { rule: "ours" });
  expect(await text("[person:1<~post, person:2<~post]")).toBe("[[post:1, post:1], [post:1]]");
  await expect(db.query("DELETE person:1")).rejects.toMatchObject({
    code: "CONNECTION.QUERY_FAILED",
  });
  expect(await text("[(SELECT * FROM log), (INFO FOR TABLE post).events]")).toBe(`[[], ${events}]`);
  await db.query("REMOVE FIELD twice ON post");
  expect(await text("(SELECT * FROM post)")).toBe(
    '[{ at: 77, best: person:1, id: post:1, "many of": [person:1, person:2], n: 1f }]',
  );
});

test("where the records cannot be written today, that is told", async () => {
  await db.query(
    `${schema} DEFINE FIELD OVERWRITE n ON post TYPE float ASSERT $value > 5; CREATE person:1; CREATE person:2`,
  );
  await keep(db, posts);
  const events: ExecutorEvent[] = [];
  await restoreQuarantined(db, "q2", { rule: "ours", onEvent: (event) => events.push(event) });
  expect(events).toMatchObject([
    { kind: "links-stale", table: "post", reason: expect.stringContaining("n") },
  ]);
  expect(await text("(SELECT VALUE best FROM post)")).toBe("[person:1]");
});

test("what a run that died has left open is done by the next", async () => {
  await db.query(`${schema} CREATE person:1; CREATE person:2`);
  await keep(db, posts);
  await restoreQuarantined(db, "q2", { rule: "ours" });
  const [header] = await listQuarantine(db);
  expect(header?.restored?.settled).toBe(true);
  await db.query(
    "UPDATE _rollback_quarantine:q2 SET restored.settled = NONE; REMOVE TABLE person; DEFINE TABLE person; CREATE person:2",
  );
  await db.query("OPTION IMPORT; CREATE person:1");
  expect(await text("[person:1<~post, person:2<~post]")).toBe("[[], []]");
  await applyMigrations(db, []);
  expect(await text("[person:1<~post, person:2<~post]")).toBe("[[post:1, post:1], [post:1]]");
});
