import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { listEvents, listQuarantine } from "@surql/history";
import { measureQuarantine, pruneQuarantine, restoreQuarantined } from "../../src/index.ts";
import { keep } from "./keep.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
  const entry = { kind: "table", table: "user", count: 1, items: ["[{ id: user:1 }]"] } as const;
  await keep(db, { ...entry, id: "q1", more: "expires_at: time::now() - 1d" });
  await keep(db, { ...entry, id: "q2", event: "e2", more: "expires_at: time::now() + 1d" });
  await keep(db, { ...entry, id: "q3", event: "e3" });
});
afterEach(() => db.close());

test("sizes, ages and expiry are told", async () => {
  const entries = await measureQuarantine(db);
  expect(entries.map(({ id, count, bytes, expired }) => [id, count, bytes, expired])).toEqual([
    ["q1", 1, "[{ id: user:1 }]".length, true],
    ["q2", 1, "[{ id: user:1 }]".length, false],
    ["q3", 1, "[{ id: user:1 }]".length, false],
  ]);
  expect(entries[0]?.ageMs).toBeLessThan(60_000);
});

test("what has expired is dropped with its data, and the event says so", async () => {
  expect((await pruneQuarantine(db, { dryRun: true })).map(({ id }) => id)).toEqual(["q1"]);
  expect(await listEvents(db)).toEqual([]);
  expect((await pruneQuarantine(db, { actor: "ada" })).map(({ id }) => id)).toEqual(["q1"]);
  const [keys] = await db.query("SELECT VALUE <string>id.id() FROM _rollback_quarantine");
  expect(keys).toEqual(["q2", "q3", "['q2', 0]", "['q3', 0]"]);
  expect(await listEvents(db)).toMatchObject([{ kind: "prune", actor: "ada", pruned: ["q1"] }]);
  expect(await pruneQuarantine(db)).toEqual([]);
  expect(await listEvents(db)).toHaveLength(1);
});

test("what was given back is dropped on request", async () => {
  await db.query("DEFINE TABLE user");
  await restoreQuarantined(db, "q3", { rule: "ours" });
  await pruneQuarantine(db, { restored: true });
  expect((await listQuarantine(db)).map(({ id }) => id)).toEqual(["q2"]);
});
