import { acquireLock, ensureLedger, listEvents, listQuarantine } from "@surql/history";
import type { Migration } from "@surql/migration";
import { captureSchema } from "@surql/snapshot";
import { afterEach, beforeEach, expect, test } from "vitest";
import { itemsWithin } from "../src/batches/batch-keeping.ts";
import { batchesOutrun, takeOver } from "../src/batches/batch-scripts.ts";
import { keepInBatches } from "../src/batches/keep-in-batches.ts";
import type { ExecutorEvent } from "../src/executor-event.ts";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  findRepairs,
  repairDatabase,
  type RollbackPlan,
} from "../src/index.ts";
import { layOut } from "../src/run/lay-out.ts";
import { preservationOf } from "../src/quarantine/preservation.ts";
import { readScript } from "../src/run/read-script.ts";
import { createProject, type Project } from "./project.ts";

let project: Project;
let migrations: readonly Migration[];

beforeEach(async () => {
  project = await createProject();
  migrations = await project.write({
    "20260101_000000": {
      up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE option<string>; DEFINE FIELD loud ON user COMPUTED string::uppercase(name ?? '');",
      down: "REMOVE TABLE user;",
    },
    "20260102_000000": {
      up: "DEFINE FIELD bio ON user TYPE option<string>;",
      down: "REMOVE FIELD bio ON user;",
    },
  });
  await applyMigrations(project.db, migrations, { steps: 1 });
  await project.db.query(
    "FOR $i IN 0..1200 { CREATE type::record('user', $i) SET name = 'n' + <string>$i }",
  );
  await project.db.query(
    "CREATE user:abc, user:['x', 1], user:{ a: 1 }, user:⟨odd name⟩, user:-7 RETURN NONE",
  );
});

afterEach(() => project[Symbol.asyncDispose]());

function plan(target: string): Promise<RollbackPlan> {
  const options = { preserve: true, batchAbove: 100 };
  return createRollbackPlan(project.db, migrations, target, options);
}

async function ask(sql: string): Promise<unknown> {
  return (await project.db.query(sql))[0];
}

const kept =
  "RETURN array::flatten((SELECT VALUE items FROM _rollback_quarantine WHERE items != NONE))";

test("a large table is kept in batches, and taken over by the transaction that removes it", async () => {
  const made = await plan("base");
  expect(made.preserve).toMatchObject([{ table: "user", records: 1205, inBatches: true }]);
  expect(made.notes.join("\n")).toContain("Keeps in batches before its transaction: 1205 records");
  const records = await ask("SELECT * OMIT loud FROM user");
  const events: ExecutorEvent[] = [];
  const onEvent = (event: ExecutorEvent): unknown => events.push(event);
  const result = await executeRollback(project.db, made, { force: true, onEvent });
  expect(result).toMatchObject({ success: true, errors: [] });
  expect(events).toContainEqual(expect.objectContaining({ kind: "batch-kept", done: 1205 }));
  expect(await ask(kept)).toStrictEqual(records);
  const [entry] = await listQuarantine(project.db);
  expect(entry).toMatchObject({ kind: "table", state: "kept", count: 1205, sequence: 0 });
  expect(entry?.definition).toMatchObject({ table: expect.stringContaining("SCHEMAFULL") });

  await applyMigrations(project.db, migrations, { steps: 1, restore: "ours" });
  expect(await ask("SELECT * OMIT loud FROM user")).toStrictEqual(records);
});

test("an interrupted run is gone on with, and what has changed since is kept anew", async () => {
  const made = await plan("base");
  const [preservation] = preservationOf(
    layOut(made.migrations.map(readScript), "down"),
    await captureSchema(project.db),
  ).values();
  const [keeping] = preservation ?? [];
  if (keeping === undefined) throw new Error("The table is to be kept.");
  await ensureLedger(project.db);
  const answer = await acquireLock(project.db, { owner: "t", runner: "one", ttlMs: 60_000 });
  if (!answer.acquired) throw new Error("The lock is free.");
  const lost = new AbortController().signal;
  const lease = { ...answer.lease, lost, commits: { events: [], ledger: undefined } };
  const stop = new AbortController();
  const interrupted = keepInBatches({ db: project.db, lease, signal: stop.signal }, keeping, 1205, {
    batchSize: 500,
    onEvent: () => stop.abort(),
  });
  await expect(interrupted).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  expect(await listQuarantine(project.db)).toMatchObject([{ state: "keeping", count: 500 }]);

  await ask("UPDATE user:3 SET name = 'changed'");
  const done: ExecutorEvent[] = [];
  const through = await keepInBatches({ db: project.db, lease }, { ...keeping, id: "qx" }, 1205, {
    batchSize: 500,
    onEvent: (event) => done.push(event),
  });
  expect(through).toMatchObject({ id: keeping.id, inBatches: true });
  expect(done).toHaveLength(2);
  expect(await ask(kept)).toStrictEqual(await ask("SELECT * OMIT loud FROM user"));

  await ask("UPDATE user:3 SET name = 'again'");
  const script = takeOver(through, itemsWithin(through), {}, 0).map((text) => ({ text }));
  await expect(project.db.transact(script)).rejects.toMatchObject({
    meta: { reason: expect.stringContaining(batchesOutrun) as unknown },
  });
  await ask("DELETE _migration_lock");
  await executeRollback(project.db, made, { force: true });
  expect(
    await ask("RETURN (SELECT count() FROM _rollback_quarantine WHERE state = 'kept')"),
  ).toHaveLength(1);
  expect(JSON.stringify(await ask(kept))).toContain("again");
});

test("what an interrupted run has kept can be dropped", async () => {
  const before = await ask("SELECT * FROM user");
  const made = await plan("base");
  const stop = new AbortController();
  const run = executeRollback(project.db, made, {
    force: true,
    signal: stop.signal,
    onEvent: () => stop.abort(),
  });
  await expect(run).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  const [repair] = await findRepairs(project.db);
  expect(repair).toMatchObject({ kind: "keeping", table: "user", count: 1205 });
  expect(await repairDatabase(project.db)).toMatchObject({ repaired: [], left: [repair] });
  const { repaired, left } = await repairDatabase(project.db, { decision: "abandon" });
  expect({ repaired, left }).toStrictEqual({ repaired: [repair], left: [] });
  expect(await ask("SELECT * FROM _rollback_quarantine")).toStrictEqual([]);
  expect(await ask("SELECT * FROM user")).toStrictEqual(before);
  expect((await listEvents(project.db)).at(-1)).toMatchObject({
    kind: "repair",
    pruned: [(repair as { readonly entry: string }).entry],
  });
});

test("what is written while it is kept is kept too", async () => {
  const made = await plan("base");
  const stop = new AbortController();
  const onEvent = ({ kind }: ExecutorEvent): void => {
    if (kind === "batch-kept") stop.abort();
  };
  await expect(
    executeRollback(project.db, made, { force: true, signal: stop.signal, onEvent }),
  ).rejects.toMatchObject({ code: "EXECUTOR.INTERRUPTED" });
  await project.db.query(
    "UPDATE user:3 SET name = 'changed'; DELETE user:700; CREATE user:-9, user:⟨zzz⟩, user:{ b: 2 }",
  );
  const second = await executeRollback(project.db, await plan("base"), { force: true });
  expect(second).toMatchObject({ success: true });
  const [entry] = await listQuarantine(project.db);
  expect(entry).toMatchObject({ state: "kept", count: 1207 });
  expect(JSON.stringify(await ask(kept))).toContain("changed");
});

test("the values of a large field, and a table that more is done to before it goes", async () => {
  await applyMigrations(project.db, migrations);
  await ask("UPDATE user:1..=600 SET bio = 'b'");
  const made = await plan("base");
  expect(made.preserve).toMatchObject([
    { kind: "field", records: 600, inBatches: true },
    { kind: "table", records: 1205 },
  ]);
  expect(made.preserve?.[1]).not.toHaveProperty("inBatches");
  const records = await ask("SELECT * OMIT loud FROM user");
  const result = await executeRollback(project.db, made, { force: true });
  expect(result.errors).toStrictEqual([]);
  await applyMigrations(project.db, migrations, { restore: "ours" });
  expect(await ask("SELECT * OMIT loud FROM user")).toStrictEqual(records);
});

test("a table that can hold edges is kept in batches as long as it holds none", async () => {
  const { db } = project;
  migrations = await project.write({
    "20260103_000000": { up: "DEFINE TABLE note;", down: "REMOVE TABLE note;" },
  });
  await applyMigrations(db, migrations);
  await db.query("FOR $i IN 0..150 { CREATE note SET i = $i }");
  const made = await plan("20260102_000000");
  expect(made.preserve).toMatchObject([{ table: "note", records: 150, inBatches: true }]);
  await db.query("RELATE user:1->note:1->user:2");
  expect(
    await executeRollback(db, made, { force: true }).catch((error: unknown) => error),
  ).toMatchObject({
    code: "EXECUTOR.KEPT_TOO_SLOWLY",
  });
  const again = await plan("20260102_000000");
  expect(again.preserve?.[0]).not.toHaveProperty("inBatches");
  expect(await executeRollback(db, again, { force: true })).toMatchObject({ success: true });
  expect(
    await ask("SELECT VALUE relation FROM _rollback_quarantine WHERE items != NONE AND relation"),
  ).toEqual([true]);
});

test("what one transaction has to hold although it is large is an issue with its number", async () => {
  const { db } = project;
  await applyMigrations(db, migrations);
  await ask("UPDATE user:1..=600 SET bio = 'b'");
  migrations = await project.write({
    "20260103_000000": {
      up: "UPDATE user:1 SET name = 'x';",
      down: "UPDATE user SET name = 'm';",
    },
  });
  await applyMigrations(db, migrations);
  const { issues, preserve } = await plan("20260101_000000");
  const held = issues.filter(({ code }) => code === "held_at_once");
  expect(held).toMatchObject([
    {
      safety: "data_loss",
      migration: "20260103_000000",
      object: { kind: "table", name: "user" },
      impact: { records: 1205, exact: true },
      description: expect.stringContaining("its statements may write so many") as unknown,
    },
    {
      migration: "20260102_000000",
      object: { table: "user", name: "bio" },
      impact: { records: 600 },
    },
  ]);
  expect(preserve).toMatchObject([
    { records: 1205, held: 1205, inBatches: true, image: 1205 },
    { records: 600, held: 600 },
  ]);
});

test("of a large table that is written to, an image is kept in batches, and of that what has changed", async () => {
  const { db } = project;
  migrations = await project.write({
    "20260103_000000": {
      up: "UPDATE user:1 SET name = 'x';",
      down: "UPDATE user SET name = 'm' WHERE name IN ['n1', 'n700']; DELETE user:abc, user:5; CREATE user:new SET name = 'n';",
    },
  });
  await applyMigrations(db, migrations, { steps: 2 });
  await ask("UPDATE user:1 SET name = 'n1'; UPDATE user:['x', 1] SET name = 'n700'");
  const records = await ask("SELECT * OMIT loud FROM user");
  const made = await plan("20260102_000000");
  expect(made.preserve).toMatchObject([{ kind: "records", inBatches: true, image: 1205 }]);
  expect(made.notes.join("\n")).toContain("an image of all 1205 records of user");
  const result = await executeRollback(db, made, { force: true });
  expect(result.errors).toStrictEqual([]);
  const [entry, ...more] = await listQuarantine(db);
  expect(more).toStrictEqual([]);
  expect(entry).toMatchObject({ kind: "records", state: "kept", count: 5, rows: 3 });
  const shown = `${kept}.map(|$one| [<string>$one.id, $one.value.name, $one.left.name])`;
  expect(await ask(shown)).toStrictEqual([
    ["user:1", "n1", "m"],
    ["user:5", "n5", undefined],
    ["user:700", "n700", "m"],
    ["user:abc", undefined, undefined],
    ["user:['x', 1]", "n700", "m"],
  ]);
  await applyMigrations(db, migrations, { restore: "ours" });
  await ask("DELETE user:new");
  expect(await ask("SELECT * OMIT loud FROM user")).toStrictEqual(records);
});
