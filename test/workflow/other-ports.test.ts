import { createHash } from "node:crypto";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  getAppliedMigrations,
  getMigrationStatus,
} from "surql";
import { expect, it } from "vitest";
import { makeProject } from "./project.ts";
import { makeStore, stores } from "./stores.ts";

/** The table as the Rust, Go and Python ports of surql make it. */
const historyTable = `
  DEFINE TABLE _migration_history SCHEMAFULL;
  DEFINE FIELD version ON TABLE _migration_history TYPE string;
  DEFINE FIELD description ON TABLE _migration_history TYPE string;
  DEFINE FIELD applied_at ON TABLE _migration_history TYPE datetime;
  DEFINE FIELD checksum ON TABLE _migration_history TYPE string;
  DEFINE FIELD execution_time_ms ON TABLE _migration_history TYPE option<int>;
  DEFINE INDEX version_idx ON TABLE _migration_history COLUMNS version UNIQUE;`;

const [rust, go, ours] = ["20260401_080000", "20260402_080000", "20260403_080000"] as const;
const rustFile = `-- @metadata
-- version: ${rust}
-- description: Create ledger
-- author: surql
-- depends_on: [] 
-- @up
DEFINE TABLE ledger SCHEMAFULL;
DEFINE FIELD balance ON TABLE ledger TYPE int;
-- @down
REMOVE TABLE ledger;
`;
const goFile = `-- @description: Add a note
-- @depends_on: ${rust}

-- @up
DEFINE FIELD note ON TABLE ledger TYPE option<string>;

-- @down
REMOVE FIELD note ON TABLE ledger;
`;

it.each(stores)("goes on where another port of surql stopped, on %s", async (kind) => {
  await using store = await makeStore(kind);
  await using project = await makeProject();
  await using db = await store.open();
  await project.writeFile(`${rust}_create_ledger.surql`, rustFile);
  await project.writeFile(`${go}_add_note.surql`, goFile);
  const migrations = await project.write({
    [ours]: { up: "DEFINE TABLE audit;", down: "REMOVE TABLE audit;" },
  });
  // The other port has applied the first: its schema, and its row of the history.
  await db.query(historyTable);
  await db.query(`DEFINE TABLE ledger SCHEMAFULL; DEFINE FIELD balance ON TABLE ledger TYPE int;
    CREATE ledger:1 SET balance = 5;`);
  const checksum = createHash("sha256").update(rustFile).digest("hex");
  await db.query(
    `CREATE type::record("_migration_history", $id) SET version = $id, description = "Create ledger",
      applied_at = <datetime>"2026-04-01T08:00:01Z", checksum = $checksum, execution_time_ms = 12`,
    { id: rust, checksum },
  );

  const { current, migrations: entries } = await getMigrationStatus(db, migrations);
  expect(current).toBe(rust);
  expect(entries.map(({ version, state }) => [version, state])).toEqual([
    [rust, "applied"],
    [go, "pending"],
    [ours, "pending"],
  ]);
  expect((await applyMigrations(db, migrations)).applied).toEqual([go, ours]);
  expect((await getAppliedMigrations(db)).map(({ version }) => version)).toEqual([rust, go, ours]);
  // What the other port looks for in a row is there, in the types that it wants.
  const [rows] = await db.query(
    `SELECT VALUE [record::id(id), version, type::is_datetime(applied_at), type::is_int(execution_time_ms)] FROM _migration_history`,
  );
  expect(rows).toEqual([rust, go, ours].map((version) => [version, version, true, true]));

  const plan = await createRollbackPlan(db, migrations, "base");
  expect(plan.issues.map(({ code, impact }) => [code, impact?.records])).toContainEqual([
    "table_removed",
    1,
  ]);
  expect(await executeRollback(db, plan, { force: true })).toMatchObject({
    success: true,
    rolledBack: [ours, go, rust],
  });
  expect((await db.query("SELECT * FROM _migration_history"))[0]).toEqual([]);
});
