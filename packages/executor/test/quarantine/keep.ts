import type { Database } from "@surql/connection";
import { listQuarantine, type QuarantineEntry } from "@surql/history";
import {
  applyMigrations,
  createRollbackPlan,
  executeRollback,
  type RollbackPlan,
  type RollbackPlanOptions,
} from "../../src/index.ts";
import type { Project } from "../project.ts";

/** What a rollback that keeps what it takes planned and left. */
export interface Kept {
  readonly plan: RollbackPlan;
  readonly entries: readonly QuarantineEntry[];
  /** The items of each entry, as the engine writes them: as text, so that no type is lost. */
  readonly items: readonly (readonly string[])[];
}

/** Applies one migration, fills the database, and rolls it back again, keeping what that takes. */
export async function keep(
  project: Project,
  { up, fill, down }: { readonly up: string; readonly fill: string; readonly down: string },
  options: RollbackPlanOptions = {},
): Promise<Kept> {
  const { db } = project;
  const migrations = await project.write({ "1": { up, down } });
  await applyMigrations(db, migrations);
  await db.query(fill);
  const plan = await createRollbackPlan(db, migrations, "base", { preserve: true, ...options });
  const { errors } = await executeRollback(db, plan, { force: true });
  if (errors[0] !== undefined) throw new Error(errors[0].message);
  const entries = await listQuarantine(db);
  return { plan, entries, items: await itemsOf(db, entries) };
}

async function itemsOf(
  db: Database,
  entries: readonly QuarantineEntry[],
): Promise<readonly (readonly string[])[]> {
  const [items] = await db.query(
    "RETURN $ids.map(|$id| array::flatten((SELECT VALUE items FROM type::record('_rollback_quarantine', [$id]..[$id, ..])))" +
      ".map(|$item| <string>$item))",
    { ids: entries.map(({ id }) => id) },
  );
  return items as readonly (readonly string[])[];
}
