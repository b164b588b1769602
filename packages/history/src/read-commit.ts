import { retry, type Database } from "@surql/connection";
import { eventTable, historyTable } from "./tables.ts";

/** What is there of a commit. */
export interface FoundCommit {
  /** Whether there is the event that was written with it. */
  readonly event: boolean;
  /** How many migrations are applied. */
  readonly applied: number;
}

/**
 * Reads back what a commit has left. Needs {@link ensureLedger} before.
 *
 * @param event The id of the event that was written with it.
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function readCommit(db: Pick<Database, "query">, event: string): Promise<FoundCommit> {
  const sql =
    `RETURN { event: record::exists(type::record("${eventTable}", $id)), ` +
    `applied: (SELECT count() FROM ${historyTable} GROUP ALL)[0].count ?? 0 }`;
  const [found] = await retry(() => db.query(sql, { id: event }));
  return found as FoundCommit;
}
