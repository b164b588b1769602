import {
  applyMigrations,
  compareSnapshots,
  createRollbackPlan,
  createSnapshot,
  disableAutoSnapshots,
  enableAutoSnapshots,
  executeRollback,
  getAppliedMigrations,
  getMigrationStatus,
  isAutoSnapshotEnabled,
  listEvents,
  listSnapshots,
  loadSnapshot,
  pruneSnapshots,
  storeSnapshot,
} from "surql";
import type { Database, Migration, SchemaSnapshot } from "surql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digest } from "./digest.ts";
import { makeProject } from "./project.ts";
import type { Project } from "./project.ts";
import { makeStore, stores } from "./stores.ts";
import type { Store } from "./stores.ts";

const [author, book, email, bio] = [
  "20260101_080000",
  "20260102_080000",
  "20260103_080000",
  "20260104_080000",
] as const;

const library = {
  [author]: {
    up: `DEFINE TABLE author SCHEMAFULL;
DEFINE FIELD name ON author TYPE string;
CREATE author:ada SET name = 'Ada';
CREATE author:bob SET name = 'Bob';`,
    down: "REMOVE TABLE author;",
  },
  [email]: {
    up: `DEFINE FIELD email ON author TYPE option<string>;
DEFINE INDEX email_idx ON author FIELDS email UNIQUE;
UPDATE author SET email = string::lowercase(name) + '@example.com';`,
    down: "REMOVE INDEX email_idx ON author; UPDATE author UNSET email; REMOVE FIELD email ON author;",
  },
  [bio]: {
    up: "DEFINE FIELD bio ON author TYPE option<string>; UPDATE author:ada SET bio = 'Wrote the first program';",
    down: "UPDATE author UNSET bio; REMOVE FIELD bio ON author;",
  },
};

const bookModule = `
export const metadata = { version: "${book}", description: "Books and who wrote them" };
export const up = () => [
  "DEFINE TABLE book SCHEMAFULL",
  "DEFINE FIELD title ON book TYPE string",
  "DEFINE TABLE wrote TYPE RELATION IN author OUT book",
  "CREATE book:notes SET title = 'Notes'",
  "RELATE author:ada->wrote->book:notes",
];
export const down = async () => ["REMOVE TABLE wrote", "REMOVE TABLE book"];
`;

describe.each(stores)("the whole workflow on %s", (kind) => {
  let store: Store;
  let project: Project;
  let db: Database;
  let migrations: readonly Migration[];
  let head: SchemaSnapshot;
  beforeAll(async () => {
    store = await makeStore(kind);
    project = await makeProject();
    db = await store.open();
    await project.write(library);
    migrations = await project.writeFile(`${book}_books.mjs`, bookModule);
  });
  afterAll(async () => {
    await db.close();
    await store[Symbol.asyncDispose]();
    await project[Symbol.asyncDispose]();
  });
  const now = (): Promise<SchemaSnapshot> => createSnapshot(db, { version: "now" });
  const versions = async (): Promise<readonly string[]> =>
    (await getAppliedMigrations(db)).map(({ version }) => version);

  it("knows before the first run that everything is pending, and writes nothing to know it", async () => {
    const before = await digest(db);
    const { current, migrations: entries } = await getMigrationStatus(db, migrations);
    expect(current).toBeNull();
    expect(entries.map(({ version, state }) => [version, state])).toEqual(
      [author, book, email, bio].map((version) => [version, "pending"]),
    );
    expect(await applyMigrations(db, migrations, { dryRun: true })).toMatchObject({ applied: [] });
    expect(await digest(db)).toEqual(before);
  });

  it("applies everything, with a snapshot in the transaction of each where that can be", async () => {
    enableAutoSnapshots(db);
    expect(isAutoSnapshotEnabled(db)).toBe(true);
    if (store.hasTransactions) {
      const { applied, snapshots } = await applyMigrations(db, migrations);
      expect(applied).toEqual([author, book, email, bio]);
      expect(snapshots).toEqual(applied);
      return;
    }
    const before = await digest(db);
    await expect(applyMigrations(db, migrations)).rejects.toMatchObject({
      code: "EXECUTOR.SNAPSHOT_NEEDS_TRANSACTION",
    });
    expect(await digest(db)).toEqual(before);
    disableAutoSnapshots(db);
    for (const { version } of migrations) {
      await applyMigrations(db, migrations, { to: version });
      await storeSnapshot(db, await createSnapshot(db, { version }));
    }
  });

  it("shows where it stands, after it was closed and opened again too", async () => {
    if (store.keeps) {
      await db.close();
      db = await store.open();
    }
    const { current, migrations: entries } = await getMigrationStatus(db, migrations);
    expect(current).toBe(bio);
    expect(new Set(entries.map(({ state }) => state))).toEqual(new Set(["applied"]));
    expect((await applyMigrations(db, migrations)).applied).toEqual([]);
  });

  it("lists, loads and compares what was stored", async () => {
    head = await now();
    expect(
      (await listSnapshots(db)).map((row) => [row.version, row.tables, row.migrations]),
    ).toEqual([
      [author, 1, 1],
      [book, 3, 2],
      [email, 3, 3],
      [bio, 3, 4],
    ]);
    const first = await stored(author);
    const last = await stored(bio);
    expect(last.checksum).toBe(head.checksum);
    expect(compareSnapshots(last, head).changes).toEqual([]);
    const paths = compareSnapshots(first, last).changes.map(
      ({ change, path }) => `${change} ${path}`,
    );
    expect(paths).toEqual([
      "added author.bio",
      "added author.email",
      "added author.email_idx",
      "added book",
      "added book.title",
      "added wrote",
      "added wrote.in",
      "added wrote.out",
    ]);
    expect(await loadSnapshot(db, "never")).toBeUndefined();
    // None of our own tables, though they are there.
    expect(Object.keys({ ...head.tables, ...head.edges }).toSorted()).toEqual([
      "author",
      "book",
      "wrote",
    ]);
    const [info] = await db.query("INFO FOR DB");
    const { tables } = info as { readonly tables: object };
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining(["_migration_history", "_schema_snapshot"]),
    );
  });

  it("plans the way back, counts what it costs, and is refused without approval", async () => {
    const before = await digest(db);
    const plan = await createRollbackPlan(db, migrations, author);
    expect(plan.migrations.map(({ version }) => version)).toEqual([bio, email, book]);
    expect(plan).toMatchObject({ overallSafety: "unsafe", requiresApproval: true, isSafe: false });
    expect(plan.issues.map(({ code, object, impact }) => [code, object?.name, impact])).toEqual(
      expect.arrayContaining([
        ["field_removed", "bio", { records: 1, exact: true }],
        ["field_removed", "email", { records: 2, exact: true }],
        ["table_removed", "wrote", { records: 1, exact: true }],
        ["table_removed", "book", { records: 1, exact: true }],
      ]),
    );
    await expect(executeRollback(db, plan)).rejects.toMatchObject({
      code: "EXECUTOR.APPROVAL_REQUIRED",
    });
    expect(await executeRollback(db, plan, { force: true, dryRun: true })).toMatchObject({
      success: true,
      rolledBackCount: 0,
    });
    expect(await digest(db)).toEqual(before);
  });

  it("rolls back in one transaction, and leaves an event that tells", async () => {
    const plan = await createRollbackPlan(db, migrations, author);
    expect(plan.transactions).toHaveLength(1);
    const result = await executeRollback(db, plan, { force: true, actor: "ada" });
    expect(result).toMatchObject({ success: true, completedAll: true, rolledBackCount: 3 });
    expect(await versions()).toEqual([author]);
    expect(compareSnapshots(await stored(author), await now()).changes).toEqual([]);
    expect((await listEvents(db)).at(-1)).toMatchObject({
      kind: "rollback",
      actor: "ada",
      fingerprint: plan.fingerprint,
      versions: [bio, email, book],
    });
    expect(await db.query("SELECT * OMIT id FROM author ORDER BY name")).toEqual([
      [{ name: "Ada" }, { name: "Bob" }],
    ]);
  });

  it("goes forward again to the same checksum and the same records", async () => {
    expect((await applyMigrations(db, migrations)).applied).toEqual([book, email, bio]);
    const again = await now();
    expect(again.checksum).toBe(head.checksum);
    expect(
      await db.query(
        "SELECT VALUE ->wrote->book.title FROM author:ada; SELECT VALUE bio FROM author:ada",
      ),
    ).toEqual([[["Notes"]], ["Wrote the first program"]]);
  });

  it("changes nothing when a rollback fails half-way", async () => {
    await db.query(
      "DEFINE EVENT refuse ON author WHEN $event = 'UPDATE' THEN { THROW 'not today' }",
    );
    const before = await digest(db);
    const plan = await createRollbackPlan(db, migrations, "base");
    // The event is drift, and goes with its table.
    const result = await executeRollback(db, plan, { force: true, acceptDifference: true });
    expect(result).toMatchObject({
      success: false,
      rolledBackCount: 0,
      errors: [
        {
          migration: bio,
          statementIndex: 0,
          statement: "UPDATE author UNSET bio",
          reason: expect.stringContaining("not today") as string,
        },
      ],
    });
    expect(await digest(db)).toEqual(before);
    await db.query("REMOVE EVENT refuse ON author");
  });

  it("goes back to nothing, and prunes", async () => {
    const plan = await createRollbackPlan(db, migrations, "base");
    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    const { tables, edges } = await now();
    expect({ tables, edges }).toEqual({ tables: {}, edges: {} });
    expect(await versions()).toEqual([]);
    const pruned = await pruneSnapshots(db, { keep: 1 });
    expect(pruned).toHaveLength(3);
    expect(await listSnapshots(db)).toHaveLength(1);
  });

  async function stored(version: string): Promise<SchemaSnapshot> {
    const snapshot = await loadSnapshot(db, version);
    if (snapshot === undefined) throw new Error(`no snapshot ${version}`);
    return snapshot;
  }
});
