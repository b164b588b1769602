import { afterEach, beforeEach, expect, test } from "vitest";
import { connect, type Database } from "@surql/connection";
import { ensureLedger, recordEvent } from "@surql/history";
import { commitOnce } from "../src/run/commit-once.ts";
import { applyMigrations } from "../src/index.ts";
import type { ExecutorEvent } from "../src/index.ts";
import { createProject } from "./project.ts";

let db: Database;
beforeEach(async () => {
  db = await connect({ url: "mem://", namespace: "test", database: "test" });
  await ensureLedger(db);
  await db.query("DEFINE TABLE count; CREATE count:1 SET n = 0");
});
afterEach(() => db.close());

const event = recordEvent("one", { kind: "apply", result: "done", actor: "ada", versions: [] });
const counting = { text: "UPDATE count:1 SET n += 1" };

/** Commits; where it is contested, somebody else writes the same record meanwhile. */
async function commit(contested: boolean): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction.run([counting]);
    if (contested) await db.query("UPDATE count:1 SET n += 10");
    await transaction.run(event.script, event.bindings);
  });
}

async function counted(): Promise<unknown> {
  const [rows] = await db.query("SELECT VALUE n FROM count");
  return rows;
}

test("a transaction that lost against another is tried again, and runs once", async () => {
  const told: unknown[] = [];
  await commitOnce(db, "one", () => commit(told.length === 0), {
    onRetry: (retry) => told.push(retry),
  });
  expect(await counted()).toEqual([11]);
  expect(told).toMatchObject([{ reason: "conflict", failed: 1 }]);
});

test("one that conflicts every time is given up, and the reason says why", async () => {
  let tries = 0;
  const committing = commitOnce(db, "one", async () => {
    tries += 1;
    await commit(true);
  });
  await expect(committing).rejects.toMatchObject({
    code: "CONNECTION.CONFLICT",
    meta: { reason: expect.stringContaining("or it conflicts with itself") },
  });
  expect(tries).toBe(6);
  expect(await counted()).toEqual([60]);
});

test("a migration that always conflicts with itself fails by name, and says so", async () => {
  await using project = await createProject();
  // The engine refuses this in one transaction, and a loop keeps it from being cut.
  const again = "FOR $n IN [1] { REMOVE TABLE t; DEFINE TABLE t; DEFINE INDEX i ON t FIELDS a; }";
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE t;\nDEFINE INDEX i ON t FIELDS a;" },
    "2": { up: again },
  });
  const told: ExecutorEvent[] = [];
  const onEvent = (one: ExecutorEvent) => told.push(one);
  await expect(applyMigrations(project.db, migrations, { onEvent })).rejects.toMatchObject({
    code: "EXECUTOR.MIGRATION_FAILED",
    why: expect.stringContaining("or it conflicts with itself"),
  });
  expect(told.filter(({ kind }) => kind === "retrying")).toHaveLength(5);
  expect(await project.versions()).toEqual(["1"]);
});
