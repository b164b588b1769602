import { expect, test } from "vitest";
import { listEvents } from "@surql/history";
import type { Migration } from "@surql/migration";
import { captureSchema, listSnapshots, loadSnapshot, schemaChecksum } from "@surql/snapshot";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  findSquashes,
  recordSquashes,
} from "../src/index.ts";
import { createProject, type File, type Project } from "./project.ts";

const files: Readonly<Record<string, File>> = {
  "1": { up: "DEFINE TABLE user" },
  "2": { up: "DEFINE FIELD bio ON user" },
  "3": { up: "DEFINE FIELD name ON user TYPE string" },
  "4": { up: "DEFINE TABLE post" },
};
/** Stands for 1 to 3, whose files stay. */
const squash: Readonly<Record<string, File>> = {
  "3": {
    up: "DEFINE TABLE user; DEFINE FIELD bio ON user; DEFINE FIELD name ON user TYPE string",
    down: "REMOVE TABLE user",
    head: ["-- replaces: [1, 2, 3]"],
  },
};

async function squashed(
  project: Project,
  applied: readonly string[],
): Promise<readonly Migration[]> {
  const originals = await project.write(files);
  const some = originals.filter(({ version }) => applied.includes(version));
  await applyMigrations(project.db, some, { autoSnapshot: true });
  return project.write({ ...files, ...squash });
}

test("a database that has applied all of it gets one row in place of them, and the event keeps these", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await squashed(project, ["1", "2", "3", "4"]);
  expect(migrations.map(({ version }) => version)).toEqual(["3", "4"]);
  const refused = { code: "EXECUTOR.SQUASH_NOT_RECORDED", meta: { applied: ["1", "2", "3"] } };
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject(refused);
  await expect(createRollbackPlan(db, migrations, "base")).rejects.toMatchObject(refused);
  const before = await project.digest();
  const [told] = await recordSquashes(db, migrations, { dryRun: true });
  expect(told).toEqual({ version: "3", replaced: ["1", "2", "3"], snapshots: ["1", "2"] });
  expect(await project.digest()).toBe(before);

  const schema = await project.schemaSum();
  const [old] = await db.query("SELECT * FROM _migration_history WHERE version = '3'");
  expect(await recordSquashes(db, migrations, { actor: "ada" })).toEqual([told]);
  expect(await project.schemaSum()).toBe(schema);
  expect(await project.versions()).toEqual(["3", "4"]);
  const [row] = await db.query("SELECT * FROM _migration_history WHERE version = '3'");
  const [{ applied_at, sequence }] = old as [{ applied_at: unknown; sequence: unknown }];
  expect(row).toMatchObject([{ checksum: migrations[0]?.checksum, applied_at, sequence }]);
  expect((await listEvents(db)).at(-1)).toMatchObject({
    kind: "squash",
    actor: "ada",
    versions: ["3"],
    replaced: [{ version: "1" }, { version: "2" }, { version: "3", checksum: expect.any(String) }],
  });
  expect(await recordSquashes(db, migrations)).toEqual([]);

  // What comes later goes on as before: forward, back by snapshots, and back by the squash's own down.
  const more = await project.write({ ...files, ...squash, "5": { up: "DEFINE TABLE tag" } });
  expect(await applyMigrations(db, more, { autoSnapshot: true })).toMatchObject({ applied: ["5"] });
  expect(
    (await listSnapshots(db)).map(({ version, migrations: count }) => [version, count]),
  ).toEqual([
    ["1", 1],
    ["2", 2],
    ["3", 1],
    ["4", 2],
    ["5", 3],
  ]);
  const back = await createRollbackPlan(db, more, "3", { fromSnapshots: true });
  expect(await executeRollback(db, back, { force: true })).toMatchObject({
    rolledBack: ["5", "4"],
  });
  expect(schemaChecksum(await captureSchema(db))).toBe((await loadSnapshot(db, "3"))?.checksum);
  const base = await createRollbackPlan(db, more, "base");
  expect(await executeRollback(db, base, { force: true })).toMatchObject({ rolledBack: ["3"] });
  expect((await captureSchema(db)).tables).toEqual({});
});

test("snapshots of versions that are gone are deleted when that is told", async () => {
  await using project = await createProject();
  const migrations = await squashed(project, ["1", "2", "3"]);
  await recordSquashes(project.db, migrations, { pruneSnapshots: true });
  expect((await listSnapshots(project.db)).map(({ version }) => version)).toEqual(["3"]);
});

test("a database that has applied nothing of it runs the squash", async () => {
  await using project = await createProject();
  const migrations = await squashed(project, []);
  expect(await applyMigrations(project.db, migrations)).toMatchObject({ applied: ["3", "4"] });
  expect(await recordSquashes(project.db, migrations)).toEqual([]);
});

test.each([[["1"]], [["1", "2"]]])(
  "a database that has applied %j of it is refused by name",
  async (applied) => {
    await using project = await createProject();
    const { db } = project;
    const migrations = await squashed(project, applied);
    const before = await project.digest();
    const refused = {
      code: "EXECUTOR.SQUASH_PARTLY_APPLIED",
      category: "state",
      meta: { applied, missing: ["1", "2", "3"].filter((one) => !applied.includes(one)) },
    };
    await expect(applyMigrations(db, migrations)).rejects.toMatchObject(refused);
    await expect(recordSquashes(db, migrations)).rejects.toMatchObject(refused);
    expect(await project.digest()).toBe(before);
  },
);

test("what was applied has to be what the originals say", async () => {
  await using project = await createProject();
  const { db } = project;
  const migrations = await squashed(project, ["1", "2", "3"]);
  const originals = [{ ...migrations[0]!, version: "2", checksum: "another" }];
  const before = await project.digest();
  await expect(recordSquashes(db, migrations, { originals })).rejects.toMatchObject({
    code: "HISTORY.CHECKSUM_MISMATCH",
    message: expect.stringContaining("2"),
  });
  expect(await project.digest()).toBe(before);
  expect(await recordSquashes(db, migrations, { originals, allowChanged: true })).toHaveLength(1);
});

test("a squash that was edited after it was recorded is a changed file like any other", async () => {
  await using project = await createProject();
  const { db } = project;
  await recordSquashes(db, await squashed(project, ["1", "2", "3"]));
  const edited = { ...squash["3"]!, up: "DEFINE TABLE other" };
  const migrations = await project.write({ ...files, "3": edited });
  await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
    code: "HISTORY.CHECKSUM_MISMATCH",
  });
});

test("a squash of a squash is recorded where the first one was, and where it was not", async () => {
  for (const recorded of [true, false]) {
    await using project = await createProject();
    const { db } = project;
    const first = await squashed(project, ["1", "2", "3", "4"]);
    if (recorded) await recordSquashes(db, first);
    const both = {
      up: "DEFINE TABLE user; DEFINE TABLE post",
      head: ["-- replaces: [1, 2, 3, 4]"],
    };
    const migrations = await project.write({ ...files, ...squash, "4": both });
    expect(migrations.map(({ version }) => version)).toEqual(["4"]);
    await recordSquashes(db, migrations);
    expect(await project.versions()).toEqual(["4"]);
    expect(await applyMigrations(db, migrations)).toMatchObject({ applied: [] });
  }
});

test("two runners that record at once leave one row, one event, and nobody is told a lie", async () => {
  await using project = await createProject();
  const migrations = await squashed(project, ["1", "2", "3", "4"]);
  const other = await project.connectAgain();
  const results = await Promise.allSettled([
    recordSquashes(project.db, migrations, { lockTimeoutMs: 60_000 }),
    recordSquashes(other, migrations, { lockTimeoutMs: 60_000 }),
  ]);
  expect(
    results.flatMap((one) => (one.status === "fulfilled" ? one.value : [one.reason])),
  ).toHaveLength(1);
  expect(await project.versions()).toEqual(["3", "4"]);
  const events = await listEvents(project.db);
  expect(events.filter(({ kind }) => kind === "squash")).toHaveLength(1);
  const { getAppliedMigrations } = await import("@surql/history");
  expect(await findSquashes(other, migrations, await getAppliedMigrations(other))).toEqual([]);
});
