import { once } from "node:events";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listQuarantine } from "@surql/history";
import { discardImported, importRecords, pruneQuarantine } from "../../src/index.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

const good = {
  kind: "table",
  migration: "1",
  table: "user",
  record: { id: { $record: { table: "user", key: 1 } } },
};

async function rows(): Promise<unknown> {
  const [keys] = await db.query("SELECT VALUE <string>id FROM _rollback_quarantine");
  return keys;
}

test.each([
  ["no JSON", "{"],
  ["no object", "5"],
  [
    "a value that would run",
    { ...good, record: { ...good.record, a: { $float: "1; DELETE user" } } },
  ],
  ["no id", { ...good, record: {} }],
  ["an unknown kind", { ...good, kind: "other" }],
  [
    "a field without its path",
    { kind: "field", migration: "1", table: "user", id: good.record.id, value: 1 },
  ],
])("%s is refused by its line, and nothing stays", async (_, line) => {
  const text = typeof line === "string" ? line : JSON.stringify(line);
  const lines = [...Array.from({ length: 250 }, () => JSON.stringify(good)), "", text];
  await expect(importRecords(db, [{ name: "user.jsonl", lines }])).rejects.toMatchObject({
    code: "EXECUTOR.INVALID_RECORD_FILE",
    meta: { where: "user.jsonl, line 252" },
  });
  expect(await rows()).toEqual([]);
});

test("what was taken in can be dropped again", async () => {
  const lines = Array.from({ length: 250 }, () => JSON.stringify(good));
  const event = await importRecords(db, [{ name: "user.jsonl", lines }]);
  expect(await listQuarantine(db)).toMatchObject([{ event, count: 250, rows: 3, imported: true }]);
  await discardImported(db, event ?? "");
  expect(await rows()).toEqual([]);
  expect(await importRecords(db, [{ name: "empty", lines: [] }])).toBeUndefined();
});

test("what was taken in when the process ended is found, is nobody's to restore, and is dropped by prune", async () => {
  const stop = new AbortController();
  const stopped = once(stop.signal, "abort");
  async function* lines(): AsyncGenerator<string> {
    for (let n = 0; n < 150; n += 1) yield JSON.stringify(good);
    stop.abort();
    // As from a process that was killed, nothing comes any more.
    await new Promise(() => undefined);
  }
  void importRecords(db, [{ name: "user.jsonl", lines: lines() }]);
  await stopped;
  expect(await listQuarantine(db)).toMatchObject([
    { state: "keeping", imported: true, count: 100, rows: 1 },
  ]);
  expect(await pruneQuarantine(db)).toHaveLength(1);
  expect(await rows()).toEqual([]);
});
