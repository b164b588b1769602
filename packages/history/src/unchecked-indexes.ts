import type { Database } from "@surql/connection";
import type { MigrationEvent } from "./event.ts";
import { eventTable, selectFrom } from "./tables.ts";

/** An index that is to be checked against its table. */
export interface UncheckedIndex {
  readonly table: string;
  readonly name: string;
  /** Whether its build may go on when its statement is done: `CONCURRENTLY`. */
  readonly inBackground: boolean;
}

/** An index that was touched, and not checked since. */
export interface FoundIndex extends UncheckedIndex {
  /** Key of the last event that touched it. */
  readonly event: string;
}

/**
 * Reads which indexes were touched and never checked since, as when the process ended in between: those of all events
 * after the last check.
 *
 * @returns Each once.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * for (const { table, name } of await readUncheckedIndexes(db)) console.log(`${table}.${name} was never checked`);
 * ```
 */
export async function readUncheckedIndexes(
  db: Pick<Database, "query">,
): Promise<readonly FoundIndex[]> {
  // Asked for by itself: inside of the condition it would be looked up again for every event.
  const [checked] = await selectFrom(
    db,
    `SELECT at, <string>at AS since FROM ${eventTable} ` +
      `WHERE kind = "check" AND result = "done" ORDER BY at DESC LIMIT 1`,
  );
  const { since = "1970-01-01T00:00:00Z" } = (checked ?? {}) as { readonly since?: string };
  const rows = await selectFrom(
    db,
    `SELECT at, record::id(id) AS event, indexes FROM ${eventTable} WHERE indexes != NONE AND at > <datetime>$since ORDER BY at`,
    { since },
  );
  const found = new Map<string, FoundIndex>();
  for (const row of rows) {
    const { event, indexes } = row as Pick<FoundIndex, "event"> & Pick<MigrationEvent, "indexes">;
    for (const { table, name, inBackground } of indexes ?? []) {
      found.set(JSON.stringify([table, name]), { table, name, inBackground, event });
    }
  }
  return [...found.values()];
}
