import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { ensureLedger, listQuarantine, readQuarantine } from "../src/index.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

test("nothing is kept in a database that was never touched", async () => {
  expect(await listQuarantine(db)).toEqual([]);
  expect(await readQuarantine(db, "q1")).toBeUndefined();
});

test("headers are read in the order of keeping, without their data rows", async () => {
  await ensureLedger(db);
  const header = "event: 'e', migration: '1', table: 'user', state: 'kept', count: 1, rows: 1";
  await db.query(`
    CREATE _rollback_quarantine:qb CONTENT { kind: 'table', ${header}, sequence: 0, kept_at: d'2026-01-01T00:00:05Z' };
    CREATE _rollback_quarantine:qa CONTENT { kind: 'edges', ${header}, sequence: 1, kept_at: d'2026-01-01T00:00:05Z',
      expires_at: d'2026-04-01T00:00:00Z' };
    CREATE _rollback_quarantine:q1 CONTENT { kind: 'field', ${header}, sequence: 0, kept_at: d'2026-01-01T00:00:00.5Z' };
    CREATE _rollback_quarantine:['qb', 0] SET items = [{ id: user:1 }], relation = false;
  `);
  const entries = await listQuarantine(db);
  expect(entries.map(({ id }) => id)).toEqual(["q1", "qb", "qa"]);
  expect(entries[2]).toEqual({
    id: "qa",
    kind: "edges",
    state: "kept",
    event: "e",
    migration: "1",
    sequence: 1,
    table: "user",
    count: 1,
    rows: 1,
    keptAt: "2026-01-01T00:00:05.000Z",
    expiresAt: "2026-04-01T00:00:00.000Z",
  });
  expect(await readQuarantine(db, "qa")).toEqual(entries[2]);
  expect(await readQuarantine(db, "qx")).toBeUndefined();
});
