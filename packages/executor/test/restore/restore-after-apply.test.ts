import { getMigrationStatus, listEvents, listQuarantine } from "@surql/history";
import type { Migration } from "@surql/migration";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ExecutorEvent } from "../../src/executor-event.ts";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  findRepairs,
  repairDatabase,
} from "../../src/index.ts";
import { createProject, type Project } from "../project.ts";

let project: Project;
let migrations: readonly Migration[];
let records: unknown;

/** A table with sixty records, two of which its migration makes, is rolled back and kept. */
beforeEach(async () => {
  project = await createProject();
  migrations = await project.write({
    "1": {
      up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; CREATE user:0 SET name = 'seed'; CREATE user:1 SET name = 'seed';",
      down: "REMOVE TABLE user;",
    },
  });
  await applyMigrations(project.db, migrations);
  await project.db.query(
    "UPDATE user:0, user:1 SET name = 'mine'; FOR $i IN 2..60 { CREATE type::record('user', $i) SET name = <string>$i }",
  );
  records = await project.rows("user");
  const plan = await createRollbackPlan(project.db, migrations, "base", { preserve: true });
  await executeRollback(project.db, plan, { force: true });
  // Two data rows, and so two batches: those of the migration come last.
  const [entry] = await listQuarantine(project.db);
  await project.db.query(
    "CREATE _rollback_quarantine:[$id, 1] CONTENT { relation: false, items: array::slice(_rollback_quarantine:[$id, 0].items, 0, 2) }; " +
      "UPDATE _rollback_quarantine:[$id, 0] SET items = array::slice(items, 2); UPDATE type::record('_rollback_quarantine', $id) SET rows = 2",
    { id: entry?.id },
  );
});

afterEach(() => project[Symbol.asyncDispose]());

const options = { restore: "theirs", batchAbove: 10, batchSize: 20 } as const;

/** Applies it again, and stops after the first batch. */
async function stopInBatches(): Promise<void> {
  const stop = new AbortController();
  const run = applyMigrations(project.db, migrations, {
    ...options,
    autoSnapshot: true,
    signal: stop.signal,
    onEvent: ({ kind }) => void (kind === "batch-restored" && stop.abort()),
  });
  await expect(run).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
}

test("large data comes back in batches after its migration, which is told before", async () => {
  const events: ExecutorEvent[] = [];
  const onEvent = (event: ExecutorEvent): unknown => events.push(event);
  const result = await applyMigrations(project.db, migrations, { ...options, onEvent });
  expect(result).toMatchObject({
    applied: ["1"],
    kept: [],
    restored: [{ records: 60, stayed: 0 }],
  });
  expect(await project.rows("user")).toStrictEqual(records);
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.indexOf("restores-in-batches")).toBeLessThan(kinds.indexOf("migration-started"));
  expect((await listEvents(project.db)).slice(-2)).toMatchObject([
    { kind: "apply", result: "done" },
    { kind: "restore", result: "done", restored: [{ rule: "theirs" }] },
  ]);
});

test("what the migration was interrupted before is never forgotten", async () => {
  await stopInBatches();
  const { current, restoring } = await getMigrationStatus(project.db, migrations);
  expect(current).toBe("1");
  expect(restoring).toMatchObject([{ table: "user", count: 60, applying: "1", rule: "theirs" }]);
  await expect(createRollbackPlan(project.db, migrations, "base")).rejects.toMatchObject({
    code: "EXECUTOR.RESTORE_UNFINISHED",
  });
  expect(await applyMigrations(project.db, migrations)).toMatchObject({ applied: [] });
  expect(await project.rows("user")).toStrictEqual(records);
  expect(await project.rows("_schema_snapshot")).toHaveLength(1);
});

test("what somebody writes before its batch stays, what the migration wrote does not", async () => {
  await stopInBatches();
  await project.db.query("UPDATE user:1 SET name = 'since'");
  const { restored } = await applyMigrations(project.db, migrations);
  expect(restored).toStrictEqual([]);
  expect((await project.rows("user")).slice(0, 2)).toMatchObject([
    { name: "mine" },
    { name: "since" },
  ]);
});

test("what came back can be taken out again", async () => {
  await stopInBatches();
  await project.db.query("UPDATE user:3 SET name = 'since'");
  expect(await findRepairs(project.db)).toMatchObject([{ kind: "restoring", applying: "1" }]);
  await repairDatabase(project.db, { decision: "abandon" });
  expect(await project.rows("user")).toMatchObject([
    { name: "seed" },
    { name: "seed" },
    { name: "since" },
  ]);
  const { kept, restoring } = await getMigrationStatus(project.db, migrations);
  expect({ kept, restoring }).toStrictEqual({ kept: 1, restoring: undefined });
  const keys = await project.db.query(
    "RETURN (SELECT VALUE record::id(id) FROM _rollback_quarantine).filter(|$key| type::is_array($key)).map(|$key| $key[0])",
  );
  const [entry] = await listQuarantine(project.db);
  expect(keys).toStrictEqual([[entry?.id, entry?.id]]);
});

test("a restore whose table is gone meanwhile can be given up", async () => {
  await stopInBatches();
  await project.db.query("REMOVE TABLE user");
  const { left } = await repairDatabase(project.db, { decision: "abandon" });
  expect(left).toStrictEqual([]);
  expect(await listQuarantine(project.db)).toMatchObject([{ state: "kept" }]);
});
