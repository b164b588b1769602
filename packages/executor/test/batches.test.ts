import { connect, type Database } from "@surql/connection";
import { acquireLock, ensureLedger, listQuarantine, type Lease } from "@surql/history";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BatchKeeping } from "../src/batches/batch-keeping.ts";
import { batchesOutrun, takeOver } from "../src/batches/batch-scripts.ts";
import { keepInBatches } from "../src/batches/keep-in-batches.ts";
import type { ExecutorEvent } from "../src/executor-event.ts";

let db: Database;
let lease: Lease;

beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await ensureLedger(db);
  const answer = await acquireLock(db, { owner: "test", runner: "one", ttlMs: 60_000 });
  if (!answer.acquired) throw new Error("The lock of a new database is free.");
  ({ lease } = answer);
  await db.query(
    "FOR $i IN 0..1200 { CREATE type::record('user', $i) SET name = 'n' + <string>$i }",
  );
  await db.query(
    "CREATE user:abc, user:['x', 1], user:{ a: 1 }, user:⟨odd name⟩, user:-7 RETURN NONE",
  );
});

afterEach(() => db.close());

const users: BatchKeeping = {
  migration: "20260101_000000",
  kind: "table",
  table: "user",
  header: {},
  relation: false,
  records: 1205,
  itemsFrom: (source) => `SELECT * FROM ${source}`,
};

/** Whether what is kept is, record by record and in their order, what the table holds. */
async function keepsAll(): Promise<unknown> {
  const [equal] = await db.query(
    "RETURN array::flatten((SELECT VALUE items FROM _rollback_quarantine WHERE items != NONE)) = (SELECT * FROM user)",
  );
  return equal;
}

async function finish(entry: string, keeping: BatchKeeping): Promise<void> {
  const { script, bindings } = takeOver(entry, keeping);
  await db.transact(script, bindings);
}

test("all records are kept, whatever their ids are, each batch saying how far it came", async () => {
  const done: number[] = [];
  const onEvent = (event: ExecutorEvent): void => {
    if (event.kind === "batch-kept") done.push(event.done);
  };
  const entry = await keepInBatches({ db, lease }, users, { batchSize: 500, onEvent });
  expect(done).toStrictEqual([500, 1000, 1205]);
  expect(await listQuarantine(db)).toMatchObject([
    { id: entry, state: "keeping", count: 1205, rows: 3 },
  ]);
  expect(await keepsAll()).toBe(true);
  await finish(entry, users);
  expect(await listQuarantine(db)).toMatchObject([{ id: entry, state: "kept", count: 1205 }]);
});

test("an interrupted run is gone on with where it stopped", async () => {
  const stop = new AbortController();
  const run = keepInBatches({ db, lease, signal: stop.signal }, users, {
    batchSize: 500,
    onEvent: () => stop.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  const [begun] = await listQuarantine(db);
  expect(begun).toMatchObject({ state: "keeping", count: 500 });
  const done: unknown[] = [];
  const entry = await keepInBatches({ db, lease }, users, {
    batchSize: 500,
    onEvent: (event) => done.push(event),
  });
  expect(entry).toBe(begun?.id);
  expect(done).toHaveLength(2);
  expect(await keepsAll()).toBe(true);
});

test("what changes while it is kept is caught up with before it goes", async () => {
  const entry = await keepInBatches({ db, lease }, users, { batchSize: 500 });
  await db.query(
    "UPDATE user:3 SET name = 'changed'; DELETE user:700; CREATE user:-9, user:⟨zzz⟩, user:{ b: 2 }",
  );
  expect(await keepsAll()).toBe(false);
  await finish(entry, users);
  expect(await keepsAll()).toBe(true);
  expect(await listQuarantine(db)).toMatchObject([{ state: "kept", count: 1207 }]);
});

test("a table that was empty, and is not any more", async () => {
  const posts = { ...users, table: "post" };
  await db.query("DEFINE TABLE post");
  const entry = await keepInBatches({ db, lease }, posts);
  await db.query("CREATE post:1 SET a = 1");
  await finish(entry, posts);
  const [kept] = await db.query("SELECT VALUE items FROM _rollback_quarantine WHERE items != NONE");
  expect(kept).toMatchObject([[{ a: 1 }]]);
});

test("a transaction does not catch up with more than it should hold", async () => {
  const entry = await keepInBatches({ db, lease }, users, { batchSize: 500 });
  await db.query("UPDATE user:3, user:600 SET name = 'changed'");
  const { script, bindings } = takeOver(entry, users, {}, 1);
  await expect(db.transact(script, bindings)).rejects.toMatchObject({
    meta: { reason: expect.stringContaining(batchesOutrun) as unknown },
  });
  expect(await listQuarantine(db)).toMatchObject([{ state: "keeping" }]);
  // What an earlier run has kept is kept anew.
  expect(await keepInBatches({ db, lease }, users, { batchSize: 500 })).toBe(entry);
  await db.transact(script, bindings);
  expect(await keepsAll()).toBe(true);
});

test("a runner without the lock keeps nothing", async () => {
  await db.query("UPDATE _migration_lock SET token = 99, runner = 'other'");
  await expect(keepInBatches({ db, lease }, users)).rejects.toMatchObject({
    meta: { reason: expect.stringContaining("the lock was lost") as unknown },
  });
  expect(await listQuarantine(db)).toStrictEqual([]);
});
