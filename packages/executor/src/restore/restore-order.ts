import type { QuarantineEntry } from "@surql/history";
import { clausesOf } from "@surql/surrealql";

/**
 * The order in which entries of one rollback go back: the opposite of the one in which they were kept, but records
 * that edges may join before all edges, as an `ENFORCED` relation refuses others. Pure.
 *
 * @param entries In the order of keeping, as `listQuarantine` gives them.
 */
export function restoreOrder(entries: readonly QuarantineEntry[]): readonly QuarantineEntry[] {
  // Each transaction of a rollback counts from 0, and has an event of its own.
  const events = [...new Set(entries.map(({ event }) => event))];
  const place = ({ event }: QuarantineEntry): number => events.indexOf(event);
  return entries.toSorted(
    (a, b) => rank(a) - rank(b) || place(b) - place(a) || b.sequence - a.sequence,
  );
}

function rank({ kind, definition }: QuarantineEntry): number {
  if (kind !== "table") return 1;
  const text = definition?.["table"];
  const isRelation = typeof text === "string" && /^RELATION\b/i.test(clausesOf(text)["TYPE"] ?? "");
  return isRelation ? 1 : 0;
}
