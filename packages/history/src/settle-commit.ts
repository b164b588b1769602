import type { Database } from "@surql/connection";
import { fenceRow } from "./lock-row.ts";
import { eventTable } from "./tables.ts";

/**
 * Settles whether a transaction was committed whose answer never came, by the event that it writes.
 *
 * Looking alone would be a guess: the database may be at work on it still. So this writes the fence, as every transaction
 * of ours does (see {@link holdLock}): one that was begun before conflicts with it from now on, and cannot commit later.
 *
 * @param event The id of the event that the transaction writes.
 * @returns Whether it was committed. If not, it never will be.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * try { await db.transact(script, bindings); }
 * catch (error) { if (!(await settleCommit(db, event))) throw error; }
 * ```
 */
export async function settleCommit(db: Database, event: string): Promise<boolean> {
  const rows = (
    await db.transact(
      [
        { text: `UPSERT ${fenceRow} SET transactions += 1 RETURN NONE` },
        {
          text: `SELECT VALUE id FROM ${eventTable} WHERE id = type::record("${eventTable}", $__surql_event_id)`,
        },
      ],
      { __surql_event_id: event },
    )
  ).at(-1);
  return Array.isArray(rows) && rows.length > 0;
}
