import { isSurqlError, SurqlError } from "@surql/errors";
import { lockLost, type Lock } from "@surql/history";

/**
 * Another runner holds the lock.
 *
 * @param waitedMs Milliseconds that were spent waiting for it.
 */
export function lockHeld(holder: Lock | undefined, waitedMs = 0): SurqlError {
  const waited = waitedMs > 0 ? ` Waited ${(waitedMs / 1000).toFixed(1)} s for it.` : "";
  return new SurqlError({
    code: "EXECUTOR.LOCK_HELD",
    category: "locked",
    message:
      holder === undefined
        ? `Another runner took the lock at the same moment.${waited} Nothing was changed.`
        : `${holder.owner} holds the lock since ${holder.acquiredAt}, until ${holder.expiresAt} unless renewed.${waited} Nothing was changed.`,
    nextActions: [
      "Wait until it is done: run the command again with --lock-timeout 60s.",
      "If that runner is gone, the lock expires by itself; to break it now: surql migrate unlock",
    ],
    meta: { ...holder, waitedMs },
  });
}

/** The lock was lost while working; the transaction that was under way did not commit. */
export function lockLostMeanwhile(): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.LOCK_LOST",
    category: "locked",
    message: "The lock was lost to another runner. The transaction under way was not committed.",
    nextActions: ["See where the database stands: surql migrate status"],
  });
}

/** Whether a transaction was ended by {@link lockLost}, which each of ours checks. */
export function isLockLost(error: unknown): boolean {
  return isSurqlError(error) && String(error.meta["reason"]).includes(lockLost);
}

/** The database confirmed commits whose records are not there: writes of another runner took their place. */
export function commitLost(): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.COMMIT_LOST",
    category: "state",
    message: "The database confirmed the commit, but the record of it is not there.",
    why: "Some stores miss, now and then, that two transactions write the same records; the later one then takes the place of the first.",
    nextActions: [
      "See where the database stands: surql migrate status",
      "Where a snapshot of that version is stored, compare the schema with it: surql migrate verify",
    ],
  });
}
