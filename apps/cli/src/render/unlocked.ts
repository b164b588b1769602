import type { FoundLock } from "surql/history";

/** What came of `unlock`. */
export interface Unlocked {
  readonly unlocked: boolean;
  /** The lock as it was found. */
  readonly lock: FoundLock | null;
}

/** What became of the lock. */
export function renderUnlocked({ unlocked, lock }: Unlocked): string {
  if (lock === null) return "The lock is free.";
  return unlocked
    ? `Took the lock from ${lock.owner}, who had it since ${lock.acquiredAt}.`
    : `The lock of ${lock.owner} is gone by now; nothing was changed.`;
}
