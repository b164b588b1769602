import type { Database } from "@surql/connection";
import { listQuarantine, type QuarantineEntry } from "@surql/history";
import type { RunOptions } from "../options.ts";
import { withLock } from "../run/with-lock.ts";
import { namesOf } from "./entry-names.ts";
import { refreshViews } from "./refresh-views.ts";
import { relinkReferences } from "./relink-references.ts";

/**
 * Settles under the lock what a run that died has left open; does nothing, and takes no lock, where nothing is.
 *
 * @throws `EXECUTOR.LOCK_HELD`, `EXECUTOR.INTERRUPTED`, `CONNECTION.*`.
 */
export async function settleLeftOpen(db: Database, options: RunOptions): Promise<void> {
  if ((await listQuarantine(db)).some(isOpen)) {
    await withLock(db, options, () => settleRestored(db, options));
  }
}

/**
 * Brings up to date what the engine derives from records that came back: references and views. Both need committed records,
 * so it is done after the transaction that restores, and again by the next run when this one dies before the headers say so.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function settleRestored(
  db: Database,
  options: Pick<RunOptions, "onEvent">,
): Promise<void> {
  const open = (await listQuarantine(db)).filter(isOpen);
  if (open.length === 0) return;
  await settleTables(db, [...new Set(open.map(({ table }) => table))], options);
  const headers = open.map((entry) => namesOf(entry).header).join(", ");
  await db.query(`UPDATE ${headers} SET restored.settled = true RETURN NONE`);
}

/** Brings up to date what the engine derives from the records of tables. */
export async function settleTables(
  db: Database,
  tables: readonly string[],
  options: Pick<RunOptions, "onEvent">,
): Promise<void> {
  await relinkReferences(db, tables, options);
  await refreshViews(db, tables, options);
}

function isOpen({ restored }: QuarantineEntry): boolean {
  return restored !== undefined && restored.settled !== true;
}
