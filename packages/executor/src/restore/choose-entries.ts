import type { Database } from "@surql/connection";
import { eventTable, listQuarantine, type QuarantineEntry } from "@surql/history";
import { alreadyRestored, nothingKept, severalKept } from "./restore-errors.ts";

/**
 * Chooses what is to be restored or exported, in the order of keeping.
 *
 * @param id An entry, an event of a rollback (all that this rollback kept, in however many transactions), or nothing: the
 * one rollback that has kept something.
 * @param again Whether entries that were restored already count too.
 * @throws `EXECUTOR.NOTHING_KEPT`, `EXECUTOR.SEVERAL_KEPT`, `EXECUTOR.ALREADY_RESTORED`, `CONNECTION.*`.
 */
export async function chooseEntries(
  db: Pick<Database, "query">,
  id: string | undefined,
  again = false,
): Promise<readonly QuarantineEntry[]> {
  const kept = await listQuarantine(db);
  const isOpen = ({ restoredAt }: QuarantineEntry): boolean => again || restoredAt === undefined;
  const open = kept.filter(isOpen);
  const rollbackOf = await rollbacksOf(db, kept);
  const rollbacks = new Map(open.map((entry) => [rollbackOf(entry), entry.event]));
  const events = [...rollbacks.values()];
  if (id === undefined) {
    if (events.length === 0) throw nothingKept(id, []);
    if (events.length > 1) throw severalKept(events);
    return open;
  }
  const of = kept.find(({ event }) => event === id);
  const named = kept.filter(
    (entry) => entry.id === id || (of !== undefined && rollbackOf(entry) === rollbackOf(of)),
  );
  if (named.length === 0) throw nothingKept(id, events);
  const chosen = named.filter(isOpen);
  if (chosen.length === 0) throw alreadyRestored(id);
  return chosen;
}

/** Says which rollback has kept an entry: the transactions of one carry out the same plan, each with an event of its own. */
async function rollbacksOf(
  db: Pick<Database, "query">,
  kept: readonly QuarantineEntry[],
): Promise<(entry: QuarantineEntry) => string> {
  const events = [...new Set(kept.map(({ event }) => event))];
  if (events.length < 2) return ({ event }) => event;
  const [rows] = await db.query(
    `SELECT record::id(id) AS event, planHash FROM ${eventTable} WHERE planHash != NONE AND record::id(id) IN $events`,
    { events },
  );
  const plans = new Map(
    (rows as readonly { readonly event: string; readonly planHash: string }[]).map(
      ({ event, planHash }) => [event, planHash],
    ),
  );
  return ({ event }) => plans.get(event) ?? event;
}
