import {
  applyMigrations,
  compareSnapshots,
  connect,
  createMigration,
  createRollbackPlan,
  createSnapshot,
  discoverMigrations,
  executeRollback,
} from "surql";

const db = await connect({ url: "mem://", namespace: "shop", database: "main" });
try {
  await createMigration({
    directory: "migrations",
    name: "add user",
    now: new Date(),
    up: ["DEFINE TABLE user SCHEMAFULL", "DEFINE FIELD name ON user TYPE string"],
    down: ["REMOVE TABLE user"],
  });
  const migrations = await discoverMigrations("migrations");

  const before = await createSnapshot(db, { version: "before" });
  const { applied } = await applyMigrations(db, migrations);
  console.log(`applied ${applied.length} migration`);
  const after = await createSnapshot(db, { version: "after" });
  for (const { change, path } of compareSnapshots(before, after).changes) {
    console.log(`${change} ${path}`);
  }

  await db.query("CREATE user:ada SET name = 'Ada'");
  const plan = await createRollbackPlan(db, migrations, "base");
  for (const { safety, affectedData } of plan.issues) console.log(`${safety}: ${affectedData}`);

  // It loses data, so it runs only when told to: without `force` this throws EXECUTOR.APPROVAL_REQUIRED.
  const result = await executeRollback(db, plan, { force: true });
  console.log(`rolled back ${result.rolledBackCount}: ${result.success ? "done" : "failed"}`);
} finally {
  await db.close();
}
