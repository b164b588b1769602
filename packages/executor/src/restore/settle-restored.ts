import type { Database } from "@surql/connection";
import { listQuarantine } from "@surql/history";
import type { RunOptions } from "../options.ts";
import { namesOf } from "./entry-names.ts";
import { refreshViews } from "./refresh-views.ts";
import { relinkReferences } from "./relink-references.ts";

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
  const open = (await listQuarantine(db)).filter(
    ({ restored }) => restored !== undefined && restored.settled !== true,
  );
  if (open.length === 0) return;
  const tables = [...new Set(open.map(({ table }) => table))];
  await relinkReferences(db, tables, options);
  await refreshViews(db, tables, options);
  const headers = open.map((entry) => namesOf(entry).header).join(", ");
  await db.query(`UPDATE ${headers} SET restored.settled = true RETURN NONE`);
}
