import { afterEach, beforeEach, expect, test } from "vitest";
import { listEvents, listQuarantine } from "@surql/history";
import type { Migration } from "@surql/migration";
import { loadSnapshot } from "@surql/snapshot";
import { applyMigrations, createRollbackPlan, executeRollback } from "../../src/index.ts";
import { createProject, writeAndApply, type Project } from "../project.ts";
import { keep } from "./keep.ts";

let project: Project;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Rolls everything back, and keeps by hand what a rollback would have kept of migrations 1 and 2. */
async function rolledBack(): Promise<readonly Migration[]> {
  const { db } = project;
  const migrations = await writeAndApply(project, {
    "1": {
      up: "DEFINE TABLE user SCHEMAFULL; DEFINE FIELD name ON user TYPE string; CREATE user:1 SET name = 'seed';",
      down: "REMOVE TABLE user;",
    },
    "2": {
      up: "DEFINE FIELD bio ON user TYPE option<string>; UPDATE user SET bio = 'empty';",
      down: "UPDATE user UNSET bio; REMOVE FIELD bio ON user;",
    },
  });
  const plan = await createRollbackPlan(db, migrations, "base");
  await executeRollback(db, plan, { force: true });
  const user = { kind: "table", table: "user", count: 2 } as const;
  await keep(db, {
    ...user,
    id: "q0",
    event: "e0",
    items: ["[{ id: user:1, name: 'long ago' }]"],
    more: "kept_at: d'2020-01-01T00:00:00Z'",
  });
  const items = ["[{ id: user:1, name: 'ada' }, { id: user:2, name: 'bob' }]"];
  await keep(db, { ...user, id: "q1", sequence: 1, items });
  await keep(db, {
    id: "q2",
    kind: "field",
    migration: "2",
    table: "user",
    items: ["[{ id: user:1, value: 'about ada' }]"],
    count: 1,
    more: "field: 'bio', path: ['bio'], cleaned: true",
  });
  return migrations;
}

const comeBack = [
  { name: "ada", bio: "about ada" },
  { name: "bob", bio: "empty" },
];

test.each([false, true])(
  "data comes back in the transaction of its migration (snapshot: %s)",
  async (autoSnapshot) => {
    const { db } = project;
    const migrations = await rolledBack();
    const result = await applyMigrations(db, migrations, { restore: "theirs", autoSnapshot });
    expect(await project.rows("user")).toMatchObject(comeBack);
    expect(result.restored).toMatchObject([
      { entry: "q1", records: 2, stayed: 0 },
      { entry: "q2", records: 1, stayed: 0, gone: 0 },
    ]);
    expect(result.kept).toEqual([]);
    const events = (await listEvents(db))
      .slice(3)
      .map(({ kind, versions, restored }) => ({ kind, versions, restored }));
    const snapshot = autoSnapshot ? [{ kind: "snapshot", versions: [], restored: undefined }] : [];
    expect(events).toEqual([
      { kind: "apply", versions: ["1"], restored: [{ entry: "q1", rule: "theirs" }] },
      ...snapshot,
      { kind: "apply", versions: ["2"], restored: [{ entry: "q2", rule: "theirs" }] },
      ...snapshot,
    ]);
    const stored = await loadSnapshot(db, "2");
    expect(stored?.checksum).toBe(autoSnapshot ? await project.schemaSum() : undefined);
    expect(
      (await listQuarantine(db)).map(({ id, restoredAt }) => [id, restoredAt !== undefined]),
    ).toEqual([
      ["q0", false],
      ["q1", true],
      ["q2", true],
    ]);
  },
);

test("nothing comes back unless it is asked for, and then it is named", async () => {
  const { db } = project;
  const migrations = await rolledBack();
  const result = await applyMigrations(db, migrations);
  expect(result.restored).toEqual([]);
  expect(result.kept.map(({ id }) => id)).toEqual(["q1", "q2"]);
  expect(await project.rows("user")).toMatchObject([{ name: "seed", bio: "empty" }]);
});

test("who decides is asked once, before the lock, and only when something is kept", async () => {
  const { db } = project;
  const migrations = await rolledBack();
  const asked: string[][] = [];
  const restore = async (kept: readonly { readonly id: string }[]) => {
    asked.push(kept.map(({ id }) => id));
    return "only-if-none" as const;
  };
  await applyMigrations(db, migrations, { dryRun: true, restore });
  expect(asked).toEqual([]);
  await applyMigrations(db, migrations, { restore });
  await applyMigrations(db, migrations, { restore });
  expect(asked).toEqual([["q1", "q2"]]);
  // What the migrations themselves fill in is no gap.
  expect(await project.rows("user")).toMatchObject([
    { name: "seed", bio: "empty" },
    { name: "bob", bio: "empty" },
  ]);
});

test("what was written since stays under theirs, and goes under ours", async () => {
  const { db } = project;
  const migrations = await rolledBack();
  await applyMigrations(db, migrations, { to: "1", restore: "ours" });
  await db.query("UPDATE user:1 SET name = 'since'");
  await applyMigrations(db, migrations, { restore: "theirs" });
  expect(await project.rows("user")).toMatchObject([
    { name: "since", bio: "about ada" },
    comeBack[1],
  ]);
});

test("when it cannot come back, the migration is not applied either", async () => {
  const { db } = project;
  const migrations = await rolledBack();
  await db.query("UPDATE _rollback_quarantine:['q1', 0] SET items[0].shoe = 42");
  const before = await project.digest();
  await expect(applyMigrations(db, migrations, { restore: "theirs" })).rejects.toMatchObject({
    code: "EXECUTOR.RESTORE_FAILED",
    meta: { entry: "q1", object: "user", reason: expect.stringContaining("shoe") },
  });
  expect(await project.digest()).toBe(before);
});
