import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import {
  acquireLock,
  breakLock,
  ensureLedger,
  readCommit,
  listEvents,
  recordEvent,
  unfinished,
  type MigrationEvent,
} from "../src/index.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

const rollback: MigrationEvent = {
  kind: "rollback",
  result: "done",
  actor: "ada@laptop",
  toolVersion: "0.1.0",
  fromVersion: "2",
  toVersion: "base",
  versions: ["2", "1"],
  fingerprint: "f".repeat(64),
  approval: { level: "unsafe", issues: ["table_removed"] },
};

async function write(...events: readonly MigrationEvent[]): Promise<void> {
  for (const event of events) {
    const { script, bindings } = recordEvent(randomUUID(), event);
    await db.transact(script, bindings);
  }
}

test("there are no events in a database that was never touched", async () => {
  expect(await listEvents(db)).toEqual([]);
});

test("an event is kept as it was, with the database's time", async () => {
  await ensureLedger(db);
  await write(rollback);
  const [stored] = await listEvents(db);
  expect(stored).toMatchObject(rollback);
  expect(Math.abs(Date.now() - Date.parse(stored?.at ?? ""))).toBeLessThan(60_000);
});

test("events come in the order they were written", async () => {
  await ensureLedger(db);
  const names = Array.from({ length: 20 }, (_, n) => String(n));
  await write(...names.map((actor) => ({ ...rollback, actor })));
  expect((await listEvents(db)).map((event) => event.actor)).toEqual(names);
});

test("a migration is unfinished until an event says that it is done", async () => {
  await ensureLedger(db);
  const progress = { version: "3", direction: "up", statementsDone: 2 } as const;
  await write({ ...rollback, kind: "apply", result: "partial", versions: ["3"], progress });
  expect(unfinished(await listEvents(db)).get("3")).toEqual(progress);
  await write({ ...rollback, kind: "apply", versions: ["3"] });
  expect(unfinished(await listEvents(db)).size).toBe(0);
});

test("what a commit left can be read back, and whether the lock is held still", async () => {
  await ensureLedger(db);
  const answer = await acquireLock(db, { owner: "ada", runner: "a", ttlMs: 60_000 });
  const lease = answer.acquired ? answer.lease : undefined;
  if (lease === undefined) throw new Error("The lock was to be free.");
  const found = { event: false, applied: 0, held: true };
  expect(await readCommit(db, "one", lease)).toEqual(found);
  const { script, bindings } = recordEvent("one", rollback);
  await db.transact(script, bindings);
  expect(await readCommit(db, "one", lease)).toEqual({ ...found, event: true });
  expect(await readCommit(db, "two", lease)).toEqual(found);
  await breakLock(db);
  expect(await readCommit(db, "one", lease)).toMatchObject({ event: true, held: false });
});
