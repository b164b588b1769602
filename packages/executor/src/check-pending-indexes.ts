import type { Database } from "@surql/connection";
import { readUncheckedIndexes, type UncheckedIndex } from "@surql/history";
import { commitEvent } from "./commit-event.ts";
import type { RunOptions } from "./options.ts";
import { verifyIndexes } from "./verify-indexes.ts";
import type { HeldLock } from "./with-lock.ts";

/**
 * Checks every index that a migration or a rollback touched and that was not checked since, those of a run that died
 * before it came to it included, and records that it did.
 *
 * @returns What was checked.
 * @throws `EXECUTOR.INDEX_INCOMPLETE`, `EXECUTOR.INDEX_UNFINISHED`: then all of them are checked again next time.
 */
export async function checkPendingIndexes(
  db: Database,
  lease: HeldLock,
  options: RunOptions,
): Promise<readonly UncheckedIndex[]> {
  const indexes = await readUncheckedIndexes(db);
  if (indexes.length === 0) return indexes;
  await verifyIndexes(db, indexes, options);
  await commitEvent(db, lease, { kind: "check", result: "done", versions: [] }, options);
  return indexes;
}
