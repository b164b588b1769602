import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import {
  acquireLock,
  breakLock,
  ensureLedger,
  holdLock,
  lockLost,
  readLock,
  releaseLock,
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
    const [info] = await db.query("INFO FOR DB");
    expect(Object.keys((info as { tables: object }).tables)).not.toContain("late");
  });

  test("is renewed by each transaction that holds it", async () => {
    const lease = await take("ada", 5_000);
    const before = await readLock(db);
    await delay(400);
    const { statement, bindings } = holdLock(lease);
    await db.transact([statement], bindings);
    const after = await readLock(db);
    expect(Date.parse(after?.expiresAt ?? "")).toBeGreaterThan(Date.parse(before?.expiresAt ?? ""));
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
