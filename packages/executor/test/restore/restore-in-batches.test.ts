import { connect, type Database } from "@surql/connection";
import { getMigrationStatus, listEvents, listQuarantine } from "@surql/history";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExecutorEvent } from "../../src/executor-event.ts";
import {
  findRepairs,
  repairDatabase,
  restoreQuarantined,
  type RestoreRule,
} from "../../src/index.ts";
import { keep } from "./keep.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

const tables = ["user", "post", "knows", "log"] as const;

/** All records as SurrealQL, which tells every type from every other, and where edges lead. */
async function state(): Promise<unknown> {
  const texts = tables.map((table) => `<string>(SELECT * FROM ${table})`).join(", ");
  return (
    await db.query(`RETURN [${texts}, <string>(SELECT id, ->knows->user AS to FROM user)]`)
  )[0];
}

/** Twelve data rows of five items. */
function rows(item: string): string[] {
  return Array.from(
    { length: 12 },
    (_, row) => `array::range(${row * 5}, ${row * 5 + 5}).map(|$i| ${item})`,
  );
}

/** Records or values of each kind, some written anew since; and edges. */
async function prepare(): Promise<void> {
  await db.query(`
    DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE option<string> ASSERT $value != "u7";
    DEFINE FIELD at ON user VALUE time::now(); DEFINE FIELD n ON user TYPE option<number>;
    DEFINE TABLE post; DEFINE TABLE knows TYPE RELATION; DEFINE TABLE log;
    DEFINE EVENT made ON user THEN { CREATE log };
    OPTION IMPORT;
    CREATE user:3 SET name = "new"; CREATE user:4 SET n = 1;
    FOR $i IN 0..60 { CREATE type::record("post", $i) SET text = IF $i % 10 = 0 { "new" } ELSE { NONE } };
    RELATE user:100->knows:1->user:101 SET since = 1;
  `);
  const common = { count: 60, event: "e1" } as const;
  await keep(db, {
    ...common,
    id: "q1",
    kind: "field",
    table: "post",
    items: rows(
      "{ id: type::record('post', $i), value: IF $i = 1 { b'FF' } ELSE { 'kept' + <string>$i } }",
    ),
    more: "field: 'text', path: ['text'], cleaned: true",
    sequence: 0,
  });
  await keep(db, {
    ...common,
    id: "q2",
    kind: "edges",
    table: "knows",
    count: 1,
    items: ["[{ id: knows:1, in: user:100, out: user:101, since: 1 }]"],
    relation: true,
    sequence: 1,
  });
  await keep(db, {
    ...common,
    id: "q3",
    kind: "table",
    table: "user",
    count: 63,
    items: [
      ...rows(
        "{ id: type::record('user', $i), name: 'u' + <string>$i, n: IF $i = 4 { 1.0 } ELSE { NONE } }",
      ),
      "[100, 101, 102].map(|$i| { id: type::record('user', $i), name: 'v' + <string>$i })",
    ],
    sequence: 2,
  });
}

/** Stops after so many batches. */
function stopAfter(batches: number): {
  signal: AbortSignal;
  onEvent: (event: ExecutorEvent) => void;
} {
  const stop = new AbortController();
  let left = batches;
  const onEvent = ({ kind }: ExecutorEvent): void => {
    if (kind === "batch-restored" && (left -= 1) === 0) stop.abort();
  };
  return { signal: stop.signal, onEvent };
}

const everyRule: readonly RestoreRule[] = ["theirs", "ours", "only-if-none"];
const inBatches = { batchAbove: 10, batchSize: 10 } as const;

test.each(everyRule)("gives the same in batches as in one transaction (%s)", async (rule) => {
  await prepare();
  const before = await state();
  const dry = await restoreQuarantined(db, undefined, { rule, dryRun: true, batchAbove: 10 });
  expect(await state()).toStrictEqual(before);
  const whole = await restoreQuarantined(db, undefined, { rule });
  const expected = await state();
  expect(dry).toMatchObject({ inBatches: true, restored: whole.restored });
  await db.close();
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await prepare();
  const events: ExecutorEvent[] = [];
  const onEvent = (event: ExecutorEvent): unknown => events.push(event);
  const done = await restoreQuarantined(db, undefined, { rule, ...inBatches, onEvent });
  expect(done).toMatchObject({ inBatches: true, restored: whole.restored });
  expect(await state()).toStrictEqual(expected);
  expect(events.filter(({ kind }) => kind === "batch-restored")).toHaveLength(14);
  expect((await listEvents(db)).map(({ kind, result }) => [kind, result])).toStrictEqual([
    ["restore", "begun"],
    ["restore", "done"],
  ]);
  const [left] = await db.query("SELECT VALUE id FROM _rollback_quarantine WHERE undo != NONE");
  expect(left).toStrictEqual([]);
  expect(await listQuarantine(db)).toMatchObject(
    Array.from({ length: 3 }, () => ({ state: "kept", restored: { rule } })),
  );
});

test.each(everyRule)("an interruption is gone on with (%s)", async (rule) => {
  await prepare();
  await restoreQuarantined(db, undefined, { rule });
  const expected = await state();
  await db.close();
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await prepare();
  for (const batches of [3, 4, 1]) {
    const stopped = restoreQuarantined(db, undefined, {
      rule,
      ...inBatches,
      ...stopAfter(batches),
    });
    await expect(stopped).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  }
  const { restoring } = await getMigrationStatus(db, []);
  expect(restoring).toMatchObject([{ done: 0 }, { done: 1 }, { rule, count: 63, done: 63 }]);
  const other = everyRule.find((one) => one !== rule) ?? rule;
  await expect(restoreQuarantined(db, undefined, { rule: other })).rejects.toMatchObject({
    code: "EXECUTOR.RESTORE_UNFINISHED",
  });
  await restoreQuarantined(db, undefined, { rule, ...inBatches });
  expect(await state()).toStrictEqual(expected);
});

test.each(everyRule)("what came back half-way is taken out again (%s)", async (rule) => {
  await prepare();
  const before = await state();
  const stopped = restoreQuarantined(db, undefined, { rule, ...inBatches, ...stopAfter(10) });
  await expect(stopped).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  expect(await state()).not.toStrictEqual(before);
  const found = await findRepairs(db);
  expect(found.map(({ kind }) => kind)).toStrictEqual(["restoring", "restoring", "restoring"]);
  const { repaired, left } = await repairDatabase(db, { decision: "abandon" });
  expect({ repaired, left }).toStrictEqual({ repaired: found, left: [] });
  expect(await state()).toStrictEqual(before);
  expect(await listQuarantine(db)).toMatchObject(
    Array.from({ length: 3 }, () => ({ state: "kept" })),
  );
  await restoreQuarantined(db, undefined, { rule });
});

test("a batch that the engine refuses stops it there, and it goes on when that is mended", async () => {
  await prepare();
  await db.query(
    "DEFINE INDEX by_name ON user FIELDS name UNIQUE; CREATE user:900 SET name = 'u50'",
  );
  const run = restoreQuarantined(db, "q3", { rule: "theirs", ...inBatches });
  await expect(run).rejects.toMatchObject({
    code: "EXECUTOR.RESTORE_STOPPED",
    meta: { entry: "q3", reason: expect.stringContaining("by_name") as unknown },
  });
  expect(await findRepairs(db)).toMatchObject([{ kind: "restoring", count: 63 }]);
  await db.query("DELETE user:900");
  const { restored } = await restoreQuarantined(db, "q3", { rule: "theirs", ...inBatches });
  expect(restored).toMatchObject([{ records: 63, stayed: 2 }]);
  const [count] = await db.query("RETURN (SELECT count() FROM user GROUP ALL)[0].count");
  expect(count).toBe(63);
});
