import type { Database } from "@surql/connection";
import { listQuarantine, type QuarantineEntry } from "@surql/history";
import type { BatchOptions } from "../batches/keep-in-batches.ts";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "../run/retry-options.ts";
import { withLock } from "../run/with-lock.ts";
import { restoreInBatches } from "./restore-in-batches.ts";
import { restoreRules } from "./restore-rule.ts";
import { restoreUnfinished } from "./restore-stopped.ts";

/**
 * Goes on under the lock with what a run that ended too early was putting back with a migration; does nothing, and takes no lock,
 * where there is nothing.
 *
 * @throws `EXECUTOR.RESTORE_UNFINISHED` while it is being taken out again, and what `restoreInBatches` throws.
 */
export async function goOnRestoring(
  db: Database,
  options: RunOptions & BatchOptions,
): Promise<void> {
  const found = (await listQuarantine(db)).filter(isHalfWay);
  if (found.length === 0) return;
  const back = found.filter(({ restoring }) => restoring?.back);
  if (back.length > 0) throw restoreUnfinished(back);
  await withLock(db, options, async (lease) => {
    // Asked again: somebody may have been at it before the lock was ours.
    const half = (await listQuarantine(db)).filter(isHalfWay);
    for (const rule of restoreRules) {
      const entries = half.filter(({ restoring }) => restoring?.rule === rule);
      const run = { db, lease, ...retryOptions(options) };
      if (entries.length > 0) await restoreInBatches(run, entries, rule, options);
    }
  });
}

/**
 * Refuses to roll back while something is put back half-way: nobody has planned for that state.
 *
 * @throws `EXECUTOR.RESTORE_UNFINISHED`.
 */
export async function refuseHalfRestored(db: Pick<Database, "query">): Promise<void> {
  const half = (await listQuarantine(db)).filter(({ state }) => state === "restoring");
  if (half.length > 0) throw restoreUnfinished(half);
}

function isHalfWay({ restoring }: QuarantineEntry): boolean {
  return restoring?.applying !== undefined;
}
