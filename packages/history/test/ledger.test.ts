import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import {
  ensureLedger,
  expectApplied,
  expectLedgerCount,
  getAppliedMigrations,
  getMigrationStatus,
  recordApplied,
  recordRolledBack,
  type LedgerEntry,
} from "../src/index.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
});
afterEach(() => db.close());

const entry = (version: string, sequence: number): LedgerEntry => ({
  version,
  description: `about ${version}`,
  checksum: "c".repeat(64),
  sequence,
});

async function record(...entries: readonly LedgerEntry[]): Promise<void> {
  for (const one of entries) {
    const { script, bindings } = recordApplied(one);
    await db.transact([{ text: "LET $__surql_started = time::now()" }, ...script], bindings);
  }
}

const versions = async (): Promise<readonly string[]> =>
  (await getAppliedMigrations(db)).map((row) => row.version);

describe("the ledger", () => {
  test("has nothing in a database that was never touched, and reading creates nothing", async () => {
    expect(await versions()).toEqual([]);
    const [info] = await db.query("INFO FOR DB");
    expect((info as { tables: object }).tables).toEqual({});
  });

  test("is created as often as one likes", async () => {
    await ensureLedger(db);
    await record(entry("1", 1));
    await ensureLedger(db);
    expect(await versions()).toEqual(["1"]);
  });

  test("is created by several runners at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => ensureLedger(db)));
    expect(await versions()).toEqual([]);
  });

  test("keeps what was recorded, with its time and duration", async () => {
    await ensureLedger(db);
    await record(entry("20260101_000000", 1));
    const [row] = await getAppliedMigrations(db);
    expect(row).toMatchObject({ ...entry("20260101_000000", 1) });
    expect(row?.executionTimeMs).toBeGreaterThanOrEqual(0);
    expect(Math.abs(Date.now() - Date.parse(row?.appliedAt ?? ""))).toBeLessThan(60_000);
  });

  test("orders by what was applied first, not by text", async () => {
    await ensureLedger(db);
    await record(entry("3", 1), entry("1", 2), entry("2", 3));
    expect(await versions()).toEqual(["3", "1", "2"]);
  });

  test("reads rows as the other ports write them, among ours", async () => {
    await ensureLedger(db);
    await record(entry("1", 1));
    await db.query(
      `CREATE type::record("_migration_history", "20200101_000000") SET version = "20200101_000000",
        description = "older", applied_at = <datetime>"2020-01-01T00:00:00Z", checksum = "x";
       CREATE type::record("_migration_history", "20990101_000000") SET version = "20990101_000000",
        description = "newer", applied_at = <datetime>"2099-01-01T00:00:00Z", checksum = "x", execution_time_ms = 7`,
    );
    expect(await versions()).toEqual(["20200101_000000", "1", "20990101_000000"]);
    expect((await getAppliedMigrations(db))[2]?.executionTimeMs).toBe(7);
  });

  test("refuses a second row for a version", async () => {
    await ensureLedger(db);
    await record(entry("1", 1));
    await expect(record(entry("1", 2))).rejects.toMatchObject({ code: "CONNECTION.QUERY_FAILED" });
    expect(await versions()).toEqual(["1"]);
  });

  test("names a corrupt row", async () => {
    await db.query(
      'CREATE _migration_history:bad SET version = "1", description = "d", checksum = "x"',
    );
    await expect(getAppliedMigrations(db)).rejects.toMatchObject({
      code: "HISTORY.CORRUPT_ROW",
      category: "state",
      meta: { row: "_migration_history:bad", field: "applied_at" },
    });
  });

  test("takes out exactly what was rolled back, or nothing", async () => {
    await ensureLedger(db);
    await record(entry("1", 1), entry("2", 2), entry("3", 3));
    const gone = recordRolledBack(["2", "nine"]);
    await expect(db.transact(gone.script, gone.bindings)).rejects.toMatchObject({
      meta: { reason: expect.stringContaining("the ledger has changed") },
    });
    expect(await versions()).toEqual(["1", "2", "3"]);
    const right = recordRolledBack(["3", "2"]);
    const three = expectLedgerCount(3);
    await db.transact([...three.script, ...right.script], { ...three.bindings, ...right.bindings });
    expect(await versions()).toEqual(["1"]);
  });

  test.each([expectLedgerCount(1), expectApplied("2")])(
    "stops a transaction that was planned on another ledger",
    async ({ script, bindings }) => {
      await ensureLedger(db);
      await record(entry("1", 1), entry("3", 2));
      const change = [{ text: "CREATE t:1" }, ...script];
      await expect(db.transact(change, bindings)).rejects.toMatchObject({
        meta: { reason: expect.stringContaining("the ledger has changed") },
      });
      const right = expectApplied("3");
      await db.transact([{ text: "CREATE t:1" }, ...right.script], right.bindings);
    },
  );
});

const known = (version: string, checksum = "c".repeat(64)) => ({
  version,
  description: `about ${version}`,
  checksum,
});

describe("the status", () => {
  test("shows every version that a file or the ledger knows", async () => {
    await ensureLedger(db);
    await record(entry("1", 1), entry("2", 2), entry("3", 3));
    const status = await getMigrationStatus(db, [known("1"), known("3", "other"), known("4")]);
    expect(status.current).toBe("3");
    expect(status.migrations.map(({ version, state }) => [version, state])).toEqual([
      ["1", "applied"],
      ["2", "missing"],
      ["3", "changed"],
      ["4", "pending"],
    ]);
    expect(status.migrations[3]?.appliedAt).toBeNull();
  });

  test("has no current version before the first one", async () => {
    expect(await getMigrationStatus(db, [])).toEqual({ current: null, migrations: [] });
  });
});
