import { retry, type Database } from "@surql/connection";
import type { Lease } from "./lock.ts";
import { fenceRow } from "./lock-row.ts";
import { eventTable, historyTable } from "./tables.ts";

/** What is there of a commit. */
export interface FoundCommit {
  /** Whether there is the event that was written with it. */
  readonly event: boolean;
  /** How many migrations are applied. */
  readonly applied: number;
  /** Whether nobody else may have committed anything since: the fence is still as the lease has it. */
  readonly held: boolean;
}

/**
 * Reads back what a commit has left. Needs {@link ensureLedger} before.
 *
 * @param event The id of the event that was written with it.
 * @param lease The lease that it was committed under.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const { event, held } = await readCommit(db, written, lease);
 * if (!event) throw lostRace(); // the store had said that it was committed
 * ```
 */
export async function readCommit(
  db: Pick<Database, "query">,
  event: string,
  { runner, token }: Pick<Lease, "runner" | "token">,
): Promise<FoundCommit> {
  const sql =
    `RETURN { event: record::exists(type::record("${eventTable}", $id)), ` +
    `applied: (SELECT count() FROM ${historyTable} GROUP ALL)[0].count ?? 0, ` +
    `held: array::len(SELECT VALUE id FROM ${fenceRow} WHERE runner = $runner AND token = $fence) > 0 }`;
  const [found] = await retry(() => db.query(sql, { id: event, runner, fence: token }));
  return found as FoundCommit;
}
