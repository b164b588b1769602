import type { Database } from "@surql/connection";
import { eventTable, selectFrom } from "./tables.ts";

/** An index that is to be checked against its table. */
export interface UncheckedIndex {
  readonly table: string;
  readonly name: string;
  /** Whether its build may go on when its statement is done: `CONCURRENTLY`. */
  readonly inBackground: boolean;
}

/**
 * Reads which indexes were touched and never checked since, as when the process ended in between: those of all events
 * after the last check.
 *
 * @returns Each once.
 * @throws `CONNECTION.*` when the database cannot be asked.
 */
export async function readUncheckedIndexes(
  db: Pick<Database, "query">,
): Promise<readonly UncheckedIndex[]> {
  // Asked for by itself: inside of the condition it would be looked up again for every event.
  const [checked] = await selectFrom(
    db,
    `SELECT at, <string>at AS since FROM ${eventTable} ` +
      `WHERE kind = "check" AND result = "done" ORDER BY at DESC LIMIT 1`,
  );
  const { since = "1970-01-01T00:00:00Z" } = (checked ?? {}) as { readonly since?: string };
  const rows = await selectFrom(
    db,
    `SELECT at, indexes FROM ${eventTable} WHERE indexes != NONE AND at > <datetime>$since ORDER BY at`,
    { since },
  );
  const touched = rows.flatMap(
    (row) => (row as { readonly indexes: readonly UncheckedIndex[] }).indexes,
  );
  return [...new Map(touched.map((one) => [JSON.stringify([one.table, one.name]), one])).values()];
}
