import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  applyMigrations,
  buildVersionGraph,
  compareSnapshots,
  connect,
  createRollbackPlan,
  createSnapshot,
  discoverMigrations,
  executeMigration,
  executeRollback,
  listSnapshots,
  loadSnapshot,
  quoteIdentifier,
} from "surql";
import type { Database, Migration, SchemaSnapshot } from "surql";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";

const directory = join(import.meta.dirname, "../../examples/marketplace/migrations");
const beforeBio = "20260309_090000";
const merge = "20260209_090000";
const fork = "20260122_150000";

let folder: string;
let migrations: readonly Migration[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "surql-marketplace-"));
  migrations = await discoverMigrations(directory);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("has both file formats, a branch and its merge", () => {
  expect(migrations.length).toBeGreaterThanOrEqual(24);
  expect(new Set(migrations.map(({ format }) => format))).toEqual(new Set(["surql", "module"]));
  const graph = buildVersionGraph(migrations);
  expect(graph.heads()).toHaveLength(1);
  const [left = "", right = "", ...more] = graph.getNode(merge)?.parents ?? [];
  expect(more).toEqual([]);
  expect(graph.mergeBase(left, right)).toBe(fork);
});

it("goes back from each migration to the schema before it, and forward again", async () => {
  const db = await open(`surrealkv://${join(folder, "each")}`);
  onTestFinished(() => db.close());
  let before = await snapshot(db);
  for (const migration of migrations) {
    await executeMigration(db, migration, "up");
    const after = await snapshot(db);
    await executeMigration(db, migration, "down");
    expect(changes(before, await snapshot(db))).toEqual([]);
    await executeMigration(db, migration, "up");
    expect(changes(after, await snapshot(db))).toEqual([]);
    before = after;
  }
});

describe.each(["mem", "surrealkv", "rocksdb"])("on %s", (store) => {
  let db: Database;
  let head: SchemaSnapshot;
  let records: Readonly<Record<string, number>>;
  beforeAll(async () => {
    db = await open(store === "mem" ? "mem://" : `${store}://${join(folder, store)}`);
    await applyMigrations(db, migrations, { autoSnapshot: true });
    head = await snapshot(db);
    records = await countRecords(db, head);
  });
  afterAll(() => db.close());

  it("stores a snapshot with each migration and 5,000 records or more", async () => {
    const stored = (await listSnapshots(db)).map(({ version }) => version);
    expect(stored.toSorted()).toEqual(migrations.map(({ version }) => version).toSorted());
    const total = Object.values(records).reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(5_000);
  });

  it("says what going back before bio would lose, and does it only when told to", async () => {
    const plan = await createRollbackPlan(db, migrations, beforeBio);
    expect(plan.overallSafety).toBe("unsafe");
    const lost = plan.issues.map(({ code, object, impact }) => [
      code,
      object?.name,
      impact?.records,
    ]);
    expect(lost).toContainEqual(["table_removed", "return_request", 120]);
    expect(lost).toContainEqual(["field_removed", "bio", 200]);
    await expect(executeRollback(db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.APPROVAL_REQUIRED",
    });
    expect(changes(head, await snapshot(db))).toEqual([]);

    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    expect(changes(await loadSnapshot(db, beforeBio), await snapshot(db))).toEqual([]);
    await expectHeadAgain();
  });

  it("takes everything back in one transaction", async () => {
    const plan = await createRollbackPlan(db, migrations, "base");
    expect(plan.transactions).toHaveLength(1);
    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    const { tables, edges } = await snapshot(db);
    expect({ tables, edges }).toEqual({ tables: {}, edges: {} });
    await expectHeadAgain();
  });

  async function expectHeadAgain(): Promise<void> {
    await applyMigrations(db, migrations);
    const now = await snapshot(db);
    expect(changes(head, now)).toEqual([]);
    expect(now.checksum).toBe(head.checksum);
    expect(await countRecords(db, now)).toEqual(records);
  }
});

function open(url: string): Promise<Database> {
  return connect({ url, namespace: "marketplace", database: "main" });
}

function snapshot(db: Database): Promise<SchemaSnapshot> {
  return createSnapshot(db, { version: "now" });
}

function changes(from: SchemaSnapshot | undefined, to: SchemaSnapshot): readonly unknown[] {
  return from === undefined
    ? ["there is nothing to compare with"]
    : compareSnapshots(from, to).changes;
}

/** The number of records in each table, relations included. */
async function countRecords(
  db: Database,
  { tables, edges }: SchemaSnapshot,
): Promise<Readonly<Record<string, number>>> {
  const names = [...Object.keys(tables), ...Object.keys(edges)];
  const counts = await db.query(
    names
      .map((name) => `RETURN count((SELECT VALUE id FROM ${quoteIdentifier(name)}));`)
      .join("\n"),
  );
  return Object.fromEntries(names.map((name, position) => [name, Number(counts[position])]));
}
