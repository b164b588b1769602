import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyMigrations,
  connect,
  createMigration,
  discoverMigrations,
  getAppliedMigrations,
} from "surql";
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
  await rm(directory, { recursive: true });
});

it.each([
  ["before", 0],
  ["after", 1],
] as const)(
  "does not claim more than is known when the connection is cut %s a migration ran",
  async (when, count) => {
    const target = { url: server.url, namespace: "lost", database: when };
    const migrations = await discoverMigrations(directory);
    {
      await using db = await connect(target);
      // The first call only asks whether it parses.
      server.faults.cut = { text: "DEFINE TABLE lost_answer", nth: 2, when };
      const applying = applyMigrations(db, migrations);
      if (when === "after") expect(await applying).toMatchObject({ applied: [expect.any(String)] });
      else
        await expect(applying).rejects.toMatchObject({
          code: "CONNECTION.LOST",
          meta: { outcome: "unknown" },
        });
    }
    await using db = await connect(target);
    expect(await getAppliedMigrations(db)).toHaveLength(count);
  },
);
