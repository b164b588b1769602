import { expect, test } from "vitest";
import { listEvents } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeMigration,
  executeRollback,
  type DriftRule,
} from "../src/index.ts";
import { createProject, type File } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": { up: "DEFINE TABLE user SCHEMAFULL", down: "REMOVE TABLE user" },
  "2": { up: "DEFINE FIELD bio ON user TYPE string", down: "REMOVE FIELD bio ON user" },
};

test("drift in what a rollback touches is foretold, and refused unless accepted or covered by a rule", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await project.write(files);
  await applyMigrations(db, migrations, { autoSnapshot: true });
  await db.query("DEFINE FIELD OVERWRITE bio ON user TYPE int; DEFINE TABLE other");
  const plan = await createRollbackPlan(db, migrations, "1");
  const bio = {
    path: "user.bio",
    change: "modified",
    recorded: expect.stringContaining("TYPE string"),
    live: expect.stringContaining("TYPE int"),
    touched: true,
  };
  expect(plan.drift).toMatchObject({
    version: "2",
    objects: [{ path: "other", change: "added", recorded: null, touched: false }, bio],
  });
  expect(plan.notes).toContainEqual(
    "Not as the snapshot of 2 has it, and left alone: other (added).",
  );
  expect(plan.notes).toContainEqual(
    expect.stringMatching(
      /is refused unless that is accepted \(--accept-difference\): user\.bio is/,
    ),
  );
  const before = await project.digest();
  await expect(executeRollback(db, plan, { force: true })).rejects.toMatchObject({
    code: "EXECUTOR.DRIFT",
    category: "state",
    meta: { objects: [bio] },
  });
  expect(await project.digest()).toBe(before);

  const driftRules: readonly DriftRule[] = [{ path: "user.bio", reason: "An experiment" }];
  const ruled = await createRollbackPlan(db, migrations, "1", { driftRules });
  expect(ruled.drift?.objects).toContainEqual({ ...bio, ignored: "An experiment" });
  expect(ruled.notes).toContainEqual("Drift that rules cover: user.bio (modified).");
  expect(await executeRollback(db, ruled, { force: true, dryRun: true })).toMatchObject({
    success: true,
  });

  const accepted = { force: true, acceptDifference: true };
  expect(await executeRollback(db, plan, accepted)).toMatchObject({ success: true });
  expect((await listEvents(db)).at(-1)?.approval).toMatchObject({ differences: ["user.bio"] });
});

test("drift elsewhere is a note; what belongs to a table that goes is touched", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await project.write(files);
  await applyMigrations(db, migrations, { autoSnapshot: true });
  await db.query("DEFINE FIELD extra ON user TYPE option<string>; DEFINE PARAM $limit VALUE 7");
  const toOne = await createRollbackPlan(db, migrations, "1");
  expect(toOne.drift?.objects.map(({ path, touched }) => [path, touched])).toEqual([
    ["$limit", false],
    ["user.extra", false],
  ]);
  const toBase = await createRollbackPlan(db, migrations, "base");
  expect(toBase.drift?.objects.map(({ path, touched }) => [path, touched])).toEqual([
    ["$limit", false],
    ["user.extra", true],
  ]);
  // Reading alone says the same.
  const read = await createRollbackPlan(db, migrations, "base", { scratch: false });
  expect(read.drift).toEqual(toBase.drift);
  expect(await executeRollback(db, toOne, { force: true })).toMatchObject({ success: true });
});

test("nothing is drift where the snapshot does not show what is applied now", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await project.write({
    ...files,
    "3": { up: "DEFINE FIELD age ON user", down: "REMOVE FIELD age ON user", dependsOn: ["1"] },
  });
  await applyMigrations(db, migrations, { autoSnapshot: true });
  await executeMigration(db, migrations[1]!, "down");
  const plan = await createRollbackPlan(db, migrations, "1");
  expect(plan.drift).toBeUndefined();
  expect(plan.notes).toContain(
    "Drift is not looked for: of 3, its snapshot was taken with 3 migrations applied, now 2 are.",
  );
  await db.query("UPDATE _migration_history SET applied_at = time::now() + 1h WHERE version = '3'");
  await executeMigration(db, migrations[1]!, "up");
  await db.query(
    "UPDATE _migration_history SET sequence = 2 WHERE version = '2'; UPDATE _migration_history SET sequence = 3 WHERE version = '3'",
  );
  const again = await createRollbackPlan(db, migrations, "1");
  expect(again.notes).toContain(
    "Drift is not looked for: of 3, its snapshot was taken before it was rolled back and applied again.",
  );
});

test("a snapshot in the words of another engine is no drift", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await project.write({
    ...files,
    "3": {
      up: "DEFINE FIELD tags ON user TYPE option<array<string>>",
      down: "REMOVE FIELD tags.* ON user; REMOVE FIELD tags ON user",
    },
  });
  await applyMigrations(db, migrations, { autoSnapshot: true });
  await db.query(`UPDATE _schema_snapshot SET schema = string::replace(schema, 'none | array<string>', 'option<array<string>>'), engine_version = '2.6.1' WHERE version = '3';
    UPDATE _schema_snapshot SET checksum = crypto::sha256(schema) WHERE version = '3'`);
  const plan = await createRollbackPlan(db, migrations, "2");
  expect(plan.drift).toMatchObject({ version: "3", objects: [] });
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
});
