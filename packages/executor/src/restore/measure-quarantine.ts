import type { Database } from "@surql/connection";
import { listQuarantine, type QuarantineEntry } from "@surql/history";
import { readClock } from "../plan/read-clock.ts";
import { namesOf } from "./entry-names.ts";
import { hasExpired } from "./has-expired.ts";

/** An entry of the quarantine, with what it takes. */
export interface MeasuredEntry extends QuarantineEntry {
  /** Size of what is kept as text, in bytes of UTF-8: near to what a file of it takes. */
  readonly bytes: number;
  /** Milliseconds since it was kept, by the database's clock. */
  readonly ageMs: number;
  /** Whether `pruneQuarantine` would drop it. */
  readonly expired: boolean;
}

/**
 * Lists what rollbacks have kept, oldest first, with size, age and expiry. Reads all of it, one row at a time, in the
 * database.
 *
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * for (const { id, table, count, bytes } of await measureQuarantine(db)) console.log(id, table, count, bytes);
 * ```
 */
export async function measureQuarantine(
  db: Pick<Database, "query">,
): Promise<readonly MeasuredEntry[]> {
  const entries = await listQuarantine(db);
  const nowMs = new Date(await readClock(db)).getTime();
  const measured: MeasuredEntry[] = [];
  for (const entry of entries) {
    const [bytes] = await db.query(
      `RETURN math::sum((SELECT VALUE bytes::len(<bytes>(<string>items)) FROM ${namesOf(entry).rows}))`,
    );
    const ageMs = Math.max(0, nowMs - new Date(entry.keptAt).getTime());
    measured.push({ ...entry, bytes: Number(bytes), ageMs, expired: hasExpired(entry, nowMs) });
  }
  return measured;
}
