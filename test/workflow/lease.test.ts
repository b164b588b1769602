import { setTimeout as delay } from "node:timers/promises";
import { applyMigrations, connect, getAppliedMigrations, readLock } from "surql";
import type { Database, ExecutorEvent } from "surql";
import { acquireLock, breakLock, ensureLedger, findLock, keepLock } from "surql/history";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import { beforeItCommits } from "./before-it-commits.ts";
import { makeProject } from "./project.ts";
import type { Project } from "./project.ts";
import { makeStore } from "./stores.ts";
import type { Store } from "./stores.ts";

describe.each(["mem", "surrealkv", "ws"] as const)("a lease on %s", (kind) => {
  let store: Store;
  let project: Project;
  let db: Database;
  beforeEach(async () => {
    store = await makeStore(kind);
    project = await makeProject();
    db = await store.open();
  });
  afterEach(async () => {
    await db.close();
    await project[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });

  it("is kept through a transaction that takes longer than it lasts", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE a" },
    });
    const lockTtlMs = 1500;
    const slow = beforeItCommits(db, "DEFINE TABLE a", async () => {
      await delay(lockTtlMs + 100);
      const rival = await acquireLock(db, { owner: "bob", runner: "bob", ttlMs: 300 });
      expect(rival).toMatchObject({ acquired: false, holder: { owner: "ada" } });
    });
    const done = await applyMigrations(slow, migrations, { actor: "ada", lockTtlMs });
    expect(done).toMatchObject({ applied: ["1"] });
    expect(await readLock(db)).toBeUndefined();
  });

  it("that was lost ends the transaction under way, and begins no other", async () => {
    const migrations = await project.write({
      "1": { up: "DEFINE TABLE a" },
      "2": { up: "DEFINE TABLE b" },
      "3": { up: "DEFINE TABLE c" },
    });
    const robbed = beforeItCommits(db, "DEFINE TABLE b", async () => {
      await breakLock(db);
      await acquireLock(db, { owner: "eve", runner: "eve", ttlMs: 60_000 });
    });
    await expect(applyMigrations(robbed, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.LOCK_LOST",
    });
    expect((await getAppliedMigrations(db)).map(({ version }) => version)).toEqual(["1"]);
    const [info] = await db.query("INFO FOR DB");
    expect(Object.keys((info as { tables: object }).tables)).not.toContain("b");
    expect((await readLock(db))?.owner).toBe("eve");
  });

  it("is waited for, and its holder is named once", async () => {
    const migrations = await project.write({ "1": { up: "DEFINE TABLE a" } });
    const told: ExecutorEvent[] = [];
    const onEvent = (event: ExecutorEvent) => told.push(event);
    const seconds: ReturnType<typeof applyMigrations>[] = [];
    const waitedFor = beforeItCommits(db, "DEFINE TABLE a", async () => {
      seconds.push(applyMigrations(db, migrations, { lockTimeoutMs: 20_000, onEvent }));
      // Before that it may have been told of an attempt that conflicted.
      await until(async () => told.some(({ kind: what }) => what === "lock-waiting"));
    });
    const { applied } = await applyMigrations(waitedFor, migrations, { actor: "ada" });
    const [second] = await Promise.all(seconds);
    expect([applied, second?.applied]).toEqual([["1"], []]);
    const waits = told.filter((event) => event.kind === "lock-waiting");
    expect(waits).toMatchObject([{ holder: { owner: "ada" } }]);
  });

  it("of a runner that is gone is taken over by itself when it has expired", async () => {
    const migrations = await project.write({ "1": { up: "DEFINE TABLE a" } });
    await applyMigrations(db, migrations);
    await acquireLock(db, { owner: "eve", runner: "eve", ttlMs: 300 });
    const more = await project.write({ "2": { up: "DEFINE TABLE b" } });
    await delay(400);
    expect(await applyMigrations(db, more)).toMatchObject({ applied: ["2"] });
  });
});

describe("a lease over a line that breaks", () => {
  it("survives renewals that fail now and then, and is renewed no more after it was given back", async () => {
    const server = await listen();
    const db = await connect({ url: server.url, namespace: "n", database: "d" });
    const renewals = () =>
      server.calls.filter(({ params }) => String(params?.[0]).startsWith(renewal)).length;
    await ensureLedger(db);
    const answer = await acquireLock(db, { owner: "ada", runner: "ada", ttlMs: 900 });
    if (!answer.acquired) throw new Error("held");
    const kept = keepLock(db, answer.lease);
    for (let round = 1; round <= 2; round += 1) {
      server.faults.cut = { text: renewal, nth: 1, when: "before" };
      await until(async () => server.faults.cut === undefined);
    }
    await until(async () => renewals() >= 4);
    expect(kept.lost.aborted).toBe(false);
    expect(await findLock(db)).toMatchObject({ owner: "ada" });
    await kept.stop();
    const before = renewals();
    await delay(700);
    expect(renewals()).toBe(before);
    await db.close();
    await server.close();
  });
});

const renewal = "UPDATE _migration_lock:lock";

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await delay(10);
}
