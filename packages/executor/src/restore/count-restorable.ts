import type { Database } from "@surql/connection";
import type { QuarantineEntry } from "@surql/history";
import { countWritten } from "./find-written.ts";
import { describeEntry, type RestoredData } from "./restored-data.ts";
import type { RestoreRule } from "./restore-rule.ts";
import { goneIn } from "./restore-script.ts";

/** Counts what restoring entries would do as the database is now. Reads only. */
export async function countRestorable(
  db: Pick<Database, "query">,
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
): Promise<readonly RestoredData[]> {
  const counted: RestoredData[] = [];
  for (const entry of entries) {
    const [numbers] = await db.query(
      `RETURN { stayed: ${countWritten(entry, rule)}, gone: ${goneIn(entry)} }`,
    );
    counted.push(describeEntry(entry, numbers as Pick<RestoredData, "stayed" | "gone">));
  }
  return counted;
}
