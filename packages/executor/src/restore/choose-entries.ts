import type { QuarantineEntry } from "@surql/history";
import { alreadyRestored, nothingKept, severalKept } from "./restore-errors.ts";

/**
 * Chooses what is to be restored or exported. Pure.
 *
 * @param id An entry, the event of a rollback (all that it kept), or nothing: the one rollback that has kept something.
 * @param again Whether entries that were restored already count too.
 * @throws `EXECUTOR.NOTHING_KEPT`, `EXECUTOR.SEVERAL_KEPT`, `EXECUTOR.ALREADY_RESTORED`.
 */
export function chooseEntries(
  kept: readonly QuarantineEntry[],
  id: string | undefined,
  again = false,
): readonly QuarantineEntry[] {
  const isOpen = ({ restoredAt }: QuarantineEntry): boolean => again || restoredAt === undefined;
  const open = kept.filter(isOpen);
  const events = [...new Set(open.map(({ event }) => event))];
  if (id === undefined) {
    if (events.length === 0) throw nothingKept(id, []);
    if (events.length > 1) throw severalKept(events);
    return open;
  }
  const named = kept.filter((entry) => entry.id === id || entry.event === id);
  if (named.length === 0) throw nothingKept(id, events);
  const chosen = named.filter(isOpen);
  if (chosen.length === 0) throw alreadyRestored(id);
  return chosen;
}

/**
 * Chooses what may be put back when a migration is applied again: what its last rollback kept of it. What earlier
 * ones kept, and was not wanted then, is only restored by hand. Pure.
 */
export function keptOf(
  kept: readonly QuarantineEntry[],
  version: string,
): readonly QuarantineEntry[] {
  const ofVersion = kept.filter(
    ({ migration, state, imported }) =>
      migration === version && state === "kept" && imported !== true,
  );
  const last = ofVersion.at(-1)?.event;
  return ofVersion.filter(({ event, restoredAt }) => event === last && restoredAt === undefined);
}
