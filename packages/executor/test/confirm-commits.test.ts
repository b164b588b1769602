import { expect, test } from "vitest";
import type { Database } from "@surql/connection";
import { applyMigrations, createRollbackPlan, executeRollback } from "../src/index.ts";
import { createProject } from "./project.ts";

/** The same database, where something happens right before the last commit of a run is read back. */
function beforeReadBack(db: Database, happen: () => Promise<void>): Database {
  return {
    ...db,
    async query(sql, bindings) {
      if (sql.includes("record::exists")) await happen();
      return db.query(sql, bindings);
    },
  };
}

test("a commit whose record is gone at the end is told", async () => {
  await using project = await createProject();
  const migrations = await project.write({
    "1": {
      up: "DEFINE EVENT gone ON _migration_event WHEN $event = 'CREATE' THEN { DELETE _migration_history }",
    },
  });
  await expect(applyMigrations(project.db, migrations)).rejects.toMatchObject({
    code: "EXECUTOR.COMMIT_LOST",
    category: "state",
  });
});

test("a commit is not called lost because the next runner has rolled it back already", async () => {
  await using project = await createProject();
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE t", down: "REMOVE TABLE t" },
  });
  const other = await project.connectAgain();
  const db = beforeReadBack(project.db, async () => {
    await other.query("UPDATE _migration_lock:lock SET expires_at = time::now() - 1s");
    const plan = await createRollbackPlan(other, migrations, "base");
    await executeRollback(other, plan, { force: true });
  });
  expect(await applyMigrations(db, migrations)).toMatchObject({ applied: ["1"] });
  expect(await project.versions()).toEqual([]);
});
