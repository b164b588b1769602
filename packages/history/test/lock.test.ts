import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import {
  acquireLock,
  breakLock,
  ensureLedger,
  findLock,
  holdLock,
  keepLock,
  lockLost,
  readLock,
  releaseLock,
  renewLock,
  type Lease,
} from "../src/index.ts";

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-lock-"));
  db = await connect({ url: `surrealkv://${folder}/db`, namespace: "test", database: "test" });
  await ensureLedger(db);
});
afterEach(async () => {
  await db.close();
  // The store goes on writing its manifest for a moment after it was closed.
  await rm(folder, { recursive: true, maxRetries: 10 });
});

async function take(owner: string, ttlMs = 60_000): Promise<Lease> {
  const answer = await acquireLock(db, { owner, runner: owner, ttlMs });
  if (!answer.acquired) throw new Error(`held by ${answer.holder?.owner}`);
  return answer.lease;
}

async function tables(): Promise<readonly string[]> {
  const [info] = await db.query("INFO FOR DB");
  return Object.keys((info as { tables: object }).tables);
}

describe("the lock", () => {
  test("is free in a database that was never touched", async () => {
    const fresh = await connect({ url: "mem://", namespace: "test", database: "test" });
    expect(await readLock(fresh)).toBeUndefined();
    await fresh.close();
  });

  test("is held by one, who is named to the others", async () => {
    await take("ada");
    const answer = await acquireLock(db, { owner: "bob", runner: "bob", ttlMs: 1000 });
    expect(answer).toMatchObject({ acquired: false, holder: { owner: "ada", token: 1 } });
  });

  test("has one winner when many ask at once", async () => {
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          acquireLock(db, { owner: "same", runner: `${round}-${n}`, ttlMs: 60_000 }),
        ),
      );
      const leases = answers.flatMap((answer) => (answer.acquired ? [answer.lease] : []));
      expect(leases.length).toBeLessThanOrEqual(1);
      for (const lease of leases) await releaseLock(db, lease);
      await breakLock(db);
    }
  });

  test("can be taken again after it was given back, and after it expired", async () => {
    await releaseLock(db, await take("ada"));
    await take("bob", 300);
    await delay(400);
    expect(await readLock(db)).toBeUndefined();
    expect((await take("eve")).token).toBeGreaterThan(1);
  });

  test("keeps a runner that lost it from committing", async () => {
    const lease = await take("ada", 300);
    await delay(400);
    await take("bob");
    const { statement, bindings } = holdLock(lease);
    await expect(
      db.transact([statement, { text: "DEFINE TABLE late" }], bindings),
    ).rejects.toMatchObject({ meta: { reason: expect.stringContaining(lockLost) } });
    expect(await tables()).not.toContain("late");
  });

  test("is kept while one transaction takes longer than it lasts, and given back at the end", async () => {
    const ttlMs = 1500;
    const lease = await take("ada", ttlMs);
    const kept = keepLock(db, lease);
    const { statement, bindings } = holdLock(lease);
    await db.transaction(async (transaction) => {
      await transaction.run([statement], bindings);
      await delay(ttlMs + 100);
      const answer = await acquireLock(db, { owner: "bob", runner: "bob", ttlMs: 1000 });
      expect(answer).toMatchObject({ acquired: false, holder: { owner: "ada" } });
      await transaction.run([{ text: "DEFINE TABLE done" }]);
    });
    await kept.stop();
    expect(kept.lost.aborted).toBe(false);
    await delay(ttlMs + 100);
    expect(await findLock(db)).toMatchObject({ owner: "ada", expired: true });
  });

  test("that was taken over ends the transaction under way, and is told to its holder", async () => {
    const lease = await take("ada", 300);
    const kept = keepLock(db, lease);
    const told = once(kept.lost, "abort");
    const { statement, bindings } = holdLock(lease);
    const working = db.transaction(async (transaction) => {
      await transaction.run([statement], bindings);
      await breakLock(db);
      await take("bob");
      await transaction.run([{ text: "DEFINE TABLE late" }]);
    });
    await expect(working).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
    await told;
    expect(await tables()).not.toContain("late");
    await kept.stop();
  });

  test("that expired is still its holder's until somebody takes it", async () => {
    const lease = await take("ada", 100);
    await delay(200);
    expect(await readLock(db)).toBeUndefined();
    expect(await renewLock(db, { ...lease, ttlMs: 60_000 })).toBe(true);
    expect(await readLock(db)).toMatchObject({ owner: "ada" });
  });

  test("as it was written before there was a fence is respected, and taken over when it has expired", async () => {
    await db.query(
      "UPSERT _migration_lock:lock SET owner = 'old', runner = 'old', token = 7, " +
        "acquired_at = time::now(), expires_at = time::now() + 1h",
    );
    const request = { owner: "ada", runner: "ada", ttlMs: 1000 };
    expect(await acquireLock(db, request)).toMatchObject({ holder: { owner: "old" } });
    await db.query("UPDATE _migration_lock:lock SET expires_at = time::now()");
    expect(await take("ada")).toMatchObject({ token: 8 });
  });

  test("never counts down, so that no old lease becomes the newest again", async () => {
    const first = await take("ada");
    await releaseLock(db, first);
    const second = await take("ada");
    await breakLock(db);
    expect([first.token, second.token, (await take("ada")).token]).toEqual([1, 2, 4]);
  });

  test("is not broken when it is another one than was looked at", async () => {
    const seen = await readLock(db);
    expect(seen).toBeUndefined();
    await take("ada", 100);
    const expired = await findLock(db);
    await delay(200);
    await take("bob");
    expect(await breakLock(db, expired)).toBeUndefined();
    expect((await readLock(db))?.owner).toBe("bob");
  });

  test("keeps a transaction that is still under way from committing after it was given back", async () => {
    const lease = await take("ada");
    const { statement, bindings } = holdLock(lease);
    const working = db.transaction(async (transaction) => {
      await transaction.run([statement], bindings);
      await releaseLock(db, lease);
    });
    await expect(working).rejects.toMatchObject({ code: "CONNECTION.CONFLICT" });
  });

  test("says whose it was when it is broken", async () => {
    await take("ada");
    expect(await breakLock(db)).toMatchObject({ owner: "ada" });
    expect(await breakLock(db)).toBeUndefined();
    expect(await readLock(db)).toBeUndefined();
  });

  test("of somebody else is not given back by accident", async () => {
    const mine = await take("ada", 300);
    await delay(400);
    await take("bob");
    await releaseLock(db, mine);
    expect((await readLock(db))?.owner).toBe("bob");
  });
});
