// `node die-after-migration.js URL FOLDER [VERSION]`: applies what is pending, or rolls back to a version, and is
// killed as soon as the first migration is committed. Before that come 2,000 records.
import {
  applyMigrations,
  connect,
  createRollbackPlan,
  discoverMigrations,
  executeRollback,
} from "surql";

const [url = "", folder = "", version] = process.argv.slice(2);
const db = await connect({ url, namespace: "library", database: "main" });
const migrations = await discoverMigrations(folder);

// Nobody wants to wait for the lock of the dead.
const lockTtlMs = 1_000;

/** @param {{ readonly kind: string }} event */
const onEvent = ({ kind }) => {
  if (kind === "migration-finished") process.kill(process.pid, "SIGKILL");
};
if (version === undefined) {
  await db.query(
    "DEFINE TABLE t; FOR $i IN 0..2000 { CREATE t SET a = $i, b = array::range(0..100) }",
  );
  await applyMigrations(db, migrations, { onEvent, lockTtlMs });
} else {
  const plan = await createRollbackPlan(db, migrations, version, { scratch: false });
  await executeRollback(db, plan, { force: true, onEvent, lockTtlMs });
}
