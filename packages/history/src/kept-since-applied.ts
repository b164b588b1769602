import type { Database } from "@surql/connection";
import type { QuarantineEntry } from "./quarantine.ts";
import { eventTable, quarantineTable } from "./tables.ts";

/**
 * Finds what was kept of a migration since it was last applied: by its last rollback, in however many transactions and
 * runs that was. Put back or not; without what was read from files.
 *
 * @param entries All that is kept, as `listQuarantine` gives it; their order stays.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * const entries = await keptSinceApplied(db, await listQuarantine(db), "20260109_120000");
 * ```
 */
export async function keptSinceApplied(
  db: Pick<Database, "query">,
  entries: readonly QuarantineEntry[],
  version: string,
): Promise<readonly QuarantineEntry[]> {
  const kept = entries.filter(
    ({ migration, state, imported }) =>
      migration === version && state === "kept" && imported !== true,
  );
  if (kept.length === 0) return [];
  // Where its rollback is through, that is the last that is known of it.
  const answers = await db.query(
    `LET $known = (SELECT kind, at FROM ${eventTable} WHERE $version IN versions AND result = "done" ORDER BY at DESC LIMIT 2); ` +
      'LET $since = IF $known[0].kind = "rollback" { $known[1].at } ELSE { $known[0].at }; ' +
      `RETURN (SELECT VALUE record::id(id) FROM ${quarantineTable}:..[] WHERE migration = $version ` +
      "AND ($since = NONE OR kept_at > $since))",
    { version },
  );
  const since = new Set(answers.at(-1) as readonly string[]);
  return kept.filter(({ id }) => since.has(id));
}
