import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyMigrations,
  connect,
  createMigration,
  discoverMigrations,
  getAppliedMigrations,
  listEvents,
} from "surql";
import type { ExecutorEvent } from "surql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listen } from "../server/listen.ts";
import type { TestServer } from "../server/listen.ts";

let server: TestServer;
let directory: string;
beforeAll(async () => {
  server = await listen();
  directory = await mkdtemp(join(tmpdir(), "surql-lost-"));
  const up = ["DEFINE TABLE lost_answer"];
  const down = ["REMOVE TABLE lost_answer"];
  await createMigration({ directory, name: "a", now: new Date(0), up, down });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, maxRetries: 10 });
});

const statement = "DEFINE TABLE lost_answer";

it.each(["before", "after"] as const)(
  "a connection that is cut %s a migration ran is made again, and the migration runs once",
  async (when) => {
    const target = { url: server.url, namespace: "lost", database: when };
    const migrations = await discoverMigrations(directory);
    const told: ExecutorEvent[] = [];
    {
      await using db = await connect(target);
      // The first call only asks whether it parses.
      server.faults.cut = { text: statement, nth: 2, when };
      const onEvent = (event: ExecutorEvent) => told.push(event);
      const { applied } = await applyMigrations(db, migrations, { onEvent });
      expect(applied).toEqual([expect.any(String)]);
    }
    await using db = await connect(target);
    expect(await getAppliedMigrations(db)).toHaveLength(1);
    expect(await listEvents(db)).toHaveLength(1);
    const retries = told.filter(({ kind }) => kind === "retrying");
    expect(retries).toMatchObject(when === "before" ? [{ reason: "connection", failed: 1 }] : []);
  },
);

it("does not claim more than is known when nobody can be asked any more", async () => {
  const migrations = await discoverMigrations(directory);
  const reconnect = { attempts: 1, delayMs: 1 };
  const db = await connect({ url: server.url, namespace: "lost", database: "gone", reconnect });
  server.faults.cut = { text: statement, nth: 2, when: "after" };
  const applying = applyMigrations(db, migrations);
  server.faults.refuse = true;
  await expect(applying).rejects.toMatchObject({
    code: "CONNECTION.LOST",
    meta: { outcome: "unknown" },
  });
  server.faults.refuse = false;
  await db.close();
});
