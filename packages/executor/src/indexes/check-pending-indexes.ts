import { retry, type Database } from "@surql/connection";
import { readUncheckedIndexes } from "@surql/history";
import { commitEvent } from "../run/commit-event.ts";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "../run/retry-options.ts";
import { verifyIndexes } from "./verify-indexes.ts";
import type { HeldLock } from "../run/with-lock.ts";

/**
 * Checks every index that a migration or a rollback touched and that was not checked since, those of a run that died
 * before it came to it included, and records that it did.
 *
 * @throws `EXECUTOR.INDEX_INCOMPLETE`, `EXECUTOR.INDEX_UNFINISHED`: then all of them are checked again next time.
 */
export async function checkPendingIndexes(
  db: Database,
  lease: HeldLock,
  options: RunOptions,
): Promise<void> {
  const indexes = await readUncheckedIndexes(db);
  if (indexes.length === 0) return;
  const own = new Set(lease.commits.events);
  const found = indexes.map((index) => ({ ...index, interrupted: !own.has(index.event) }));
  await retry(() => verifyIndexes(db, found, options), retryOptions(options));
  await commitEvent(db, lease, { kind: "check", result: "done", versions: [] }, options);
}
