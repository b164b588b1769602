import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  applyMigrations,
  createRollbackPlan,
  createSnapshot,
  executeRollback,
  listEvents,
  listSnapshots,
} from "surql";
import { describe, expect, it } from "vitest";
import { digest } from "./digest.ts";
import { makeProject } from "./project.ts";
import { makeStore } from "./stores.ts";

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

describe.each(["rocksdb", "ws", "http"] as const)("on %s", (kind) => {
  it("applies a migration of 5 MB and takes it back", async () => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    await using db = await store.open();
    const text = "lorem ipsum; -- '' dolor ".repeat(100);
    const creates = numbers(2_000).map((n) => `CREATE page:${n} SET text = "${text}${n}";`);
    const migrations = await project.write({
      "1": { up: `DEFINE TABLE page;\n${creates.join("\n")}`, down: "REMOVE TABLE page;" },
    });
    expect((await stat(join(project.folder, "1_test.surql"))).size).toBeGreaterThan(5_000_000);
    await applyMigrations(db, migrations);
    const [found] = await db.query("SELECT VALUE string::len(text) FROM page:1999");
    expect(found).toEqual([text.length + 4]);
    const plan = await createRollbackPlan(db, migrations, "base");
    expect(plan.issues).toMatchObject([
      { code: "table_removed", impact: { records: 2_000, exact: true } },
    ]);
    expect(await executeRollback(db, plan, { force: true })).toMatchObject({ success: true });
    expect((await createSnapshot(db, { version: "now" })).tables).toEqual({});
  });

  it("rolls 100 migrations back in one transaction, or not at all", async () => {
    await using store = await makeStore(kind);
    await using project = await makeProject();
    await using db = await store.open();
    const versions = numbers(100).map((n) => String(n).padStart(3, "0"));
    const migrations = await project.write(
      Object.fromEntries(
        versions.map((version) => [
          version,
          {
            up: `DEFINE TABLE t${version} SCHEMAFULL; DEFINE FIELD a ON t${version} TYPE int;
DEFINE INDEX i ON t${version} FIELDS a; CREATE t${version}:1 SET a = 1;`,
            down: `REMOVE TABLE t${version}; IF record::exists(stop:${version}) { THROW 'stopped' };`,
          },
        ]),
      ),
    );
    await db.query("DEFINE TABLE stop");
    await applyMigrations(db, migrations, { autoSnapshot: store.hasTransactions });
    expect(await listSnapshots(db)).toHaveLength(store.hasTransactions ? 100 : 0);

    const plan = await createRollbackPlan(db, migrations, "base");
    expect(plan.transactions).toHaveLength(1);
    expect(plan.issues).toHaveLength(100);
    // The very last migration fails.
    await db.query("CREATE stop:000");
    const before = await digest(db);
    const failed = await executeRollback(db, plan, { force: true });
    expect(failed).toMatchObject({ success: false, errors: [{ migration: "000" }] });
    expect(await digest(db)).toEqual(before);

    await db.query("DELETE stop");
    const done = await executeRollback(db, plan, { force: true });
    expect(done).toMatchObject({ success: true, rolledBackCount: 100 });
    expect(done.rolledBack).toEqual(versions.toReversed());
    const events = (await listEvents(db)).filter(({ kind: event }) => event === "rollback");
    expect(events.map((event) => event.versions)).toEqual([versions.toReversed()]);
    await db.query("REMOVE TABLE stop");
    expect((await createSnapshot(db, { version: "now" })).tables).toEqual({});
  });
});
