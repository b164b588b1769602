import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  acquireLock,
  applyMigrations,
  connect,
  createRollbackPlan,
  executeRollback,
  serializePlan,
  type Database,
} from "surql";
import type { Migration } from "surql";
import { makeProject } from "../../workflow/project.ts";

/** Where the store of a project is. */
export const urlIn = (folder: string): string => `surrealkv://${join(folder, "store")}`;

export function openIn(folder: string, database: string): Promise<Database> {
  return connect({ url: urlIn(folder), namespace: "library", database });
}

/** Makes a project whose databases hold something of everything, and a lock that somebody holds. */
export async function prepareProject(folder: string): Promise<void> {
  await using project = await makeProject();
  const migrations = await project.write({
    "1": { up: "DEFINE TABLE person SCHEMAFULL; DEFINE FIELD name ON person TYPE string;" },
    "2": {
      up: "DEFINE FIELD age ON person TYPE option<int>; DEFINE INDEX age ON person FIELDS age;",
      down: "REMOVE INDEX age ON person; REMOVE FIELD age ON person;",
    },
    "3": { up: "DEFINE TABLE pet;", down: "REMOVE TABLE pet;" },
    "4": { up: "UPDATE person SET age = 1;", down: "UPDATE person SET age = 2;" },
  });
  await cp(project.folder, join(folder, "migrations"), { recursive: true });
  await fillMain(folder, migrations);
  await using db = await openIn(folder, "half-way");
  const failing = await project.writeFile(
    "1_test.surql",
    "-- @metadata\n-- version: 1\n-- description: test\n-- transaction: none\n-- @up\nDEFINE TABLE a; THROW 'no';\n",
  );
  await applyMigrations(db, failing, { steps: 1 }).catch(() => undefined);
}

async function fillMain(folder: string, migrations: readonly Migration[]): Promise<void> {
  await using db = await openIn(folder, "main");
  const upTo3 = { to: "3", autoSnapshot: true };
  await applyMigrations(db, migrations, upTo3);
  await db.query(
    "CREATE person:1 SET name = 'a', age = 7; CREATE person:2 SET name = 'b'; CREATE pet:1",
  );
  const plan = await createRollbackPlan(db, migrations, "1", { preserve: true });
  await executeRollback(db, plan, { force: true });
  await applyMigrations(db, migrations, upTo3);
  await db.query("CREATE pet:2; DEFINE TABLE by_hand");
  const kept = await createRollbackPlan(db, migrations, "2");
  await writeFile(join(folder, "kept.json"), serializePlan(kept));
  await acquireLock(db, { owner: "somebody", runner: "else", ttlMs: 3_600_000 });
}
