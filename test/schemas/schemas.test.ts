import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyMigrations,
  captureSchema,
  compareSchemas,
  createMigration,
  createRollbackPlan,
  createSnapshot,
  differenceScript,
  discoverMigrations,
  executeRollback,
  exportSnapshot,
  importSnapshot,
  migrationBetween,
  planSchemaRestore,
  proveMigrations,
  renderMigrationScript,
  restoreSchema,
  schemaChecksum,
  schemaOfDefinitions,
} from "surql";
import type { Database, DifferenceGap, MigrationScripts, Schema } from "surql";
import { describe, expect, it, onTestFinished } from "vitest";
import { definitionsIn, openEmpty, openWith, projects, schemaOf, scriptOf } from "./fixtures.ts";

const nothing: Schema = { tables: {}, edges: {}, objects: {} };

/**
 * What the proof says of the second migration, which changes definitions alone: where it loses or fails, somebody has to
 * write the statements that move the data.
 */
const proofs: Readonly<Record<string, RegExp>> = {
  // Records have no first name yet, which a computed field adds to something.
  accounts: /^fails The records cannot be read: Cannot perform addition with 'NONE'/,
  // contact is dropped, and person is empty.
  crm: /^loses$/,
  // Posts have no time yet, of which a view takes the latest.
  forum: /^fails Incorrect arguments for function time::max/,
  // team is dropped, and queue is empty.
  helpdesk: /^loses$/,
  // Vectors of eight numbers do not go into an index of twelve.
  knowledge: /^fails Incorrect vector dimension \(8\)/,
  // A price has become an object.
  shop: /^fails The records cannot be read: Cannot perform multiplication with 'NONE'/,
  tunes: /^fails Incorrect vector dimension \(4\)/,
};

/** There is no REMOVE CONFIG, so what defines one cannot be undone. */
const firstProofs: Readonly<Record<string, string>> = { helpdesk: "fails config GraphQL" };

async function run(db: Database, before: Schema, after: Schema): Promise<void> {
  const { statements } = differenceScript(before, after, { secret: randomUUID });
  for (const { text } of statements) await db.query(text);
}

async function expectSchema(db: Database, wanted: Schema): Promise<void> {
  const schema = await captureSchema(db);
  expect(compareSchemas(wanted, schema)).toEqual([]);
  expect(schemaChecksum(schema)).toBe(schemaChecksum(wanted));
}

/** What is not as wanted, but for what no statement can make: a key or a password is in no snapshot. */
async function left(
  db: Database,
  wanted: Schema,
  gaps: readonly DifferenceGap[],
): Promise<readonly string[]> {
  const known = new Set(gaps.map(({ path }) => path));
  const changes = compareSchemas(wanted, await captureSchema(db));
  return changes.map(({ path }) => path).filter((path) => !known.has(path));
}

describe.each(projects)("the schema of %s", (project) => {
  it("has 30 definitions or more, and changes in many ways", async () => {
    for (const version of ["now", "next"] as const) {
      const definitions = definitionsIn(await scriptOf(project, version));
      expect(definitions.length).toBeGreaterThanOrEqual(30);
      expect(definitions.length).toBeLessThanOrEqual(120);
    }
    const [now, next] = await bothSchemas(project);
    const changes = compareSchemas(now, next);
    expect(new Set(changes.map(({ change }) => change))).toEqual(
      new Set(["added", "removed", "modified"]),
    );
  });

  it("becomes the next one by the difference, and itself again, records and all", async () => {
    const [now, next] = await bothSchemas(project);
    const db = await openWith(await scriptOf(project, "now"));
    onTestFinished(() => db.close());
    await run(db, now, next);
    await expectSchema(db, next);
    await run(db, next, now);
    await expectSchema(db, now);
  });

  it("is written to a file, read back, and restored to an empty database", async () => {
    const db = await openWith(await scriptOf(project, "now"));
    onTestFinished(() => db.close());
    const snapshot = await createSnapshot(db, { version: "1" });
    expect(importSnapshot(exportSnapshot(snapshot))).toEqual(snapshot);
    const empty = await openEmpty();
    onTestFinished(() => empty.close());
    const source = { kind: "snapshot" } as const;
    const restore = await planSchemaRestore(empty, { version: "1", schema: snapshot, source });
    await restoreSchema(empty, restore, { force: true });
    expect(await left(empty, snapshot, restore.gaps)).toEqual([]);
  });

  it("is what its definitions say, in whatever order they stand", async () => {
    const definitions = definitionsIn(await scriptOf(project, "now"));
    const scratch = await openEmpty();
    onTestFinished(() => scratch.close());
    const text = `${definitions.toReversed().join(";\n")};`;
    const schema = await schemaOfDefinitions(scratch, [{ path: "schema.surql", text }]);
    const plain = await schemaOf(definitions.join(";\n"));
    expect(compareSchemas(plain, schema)).toEqual([]);
  });

  it("is what migrations that are written for it make, and they can be undone", async () => {
    const [now, next] = await bothSchemas(project);
    const directory = await mkdtemp(join(tmpdir(), "surql-schemas-"));
    onTestFinished(() => rm(directory, { recursive: true, maxRetries: 10 }));
    const first = migrationBetween(nothing, now);
    const second = migrationBetween(now, next);
    const gaps = [...first.up.gaps, ...second.up.gaps];
    await write(directory, 1, first);
    await write(directory, 2, second);
    const migrations = await discoverMigrations(directory);
    const db = await openEmpty();
    onTestFinished(() => db.close());
    await applyMigrations(db, migrations, { autoSnapshot: true });
    expect(await left(db, next, gaps)).toEqual([]);
    const plan = await createRollbackPlan(db, migrations, migrations[0]?.version ?? "");
    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    expect(await left(db, now, gaps)).toEqual([]);
    const report = await proveMigrations(migrations, { openScratch: () => db.openScratch() });
    const told = report.migrations.map(({ verdict, failure, schema }) => {
      return [verdict, failure?.reason ?? schema[0]?.path ?? ""].join(" ").trim();
    });
    expect(told).toEqual([
      firstProofs[project] ?? "exact",
      expect.stringMatching(proofs[project] ?? /^exact$/),
    ]);
  });
});

async function bothSchemas(project: string): Promise<readonly [Schema, Schema]> {
  return [
    await schemaOf(await scriptOf(project, "now")),
    await schemaOf(await scriptOf(project, "next")),
  ];
}

async function write(directory: string, day: number, scripts: MigrationScripts): Promise<void> {
  await createMigration({
    directory,
    name: `step ${day}`,
    now: new Date(Date.UTC(2026, 0, day)),
    up: [renderMigrationScript(scripts.up)],
    down: [renderMigrationScript(scripts.down)],
  });
}
