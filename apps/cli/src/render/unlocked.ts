import type { Lock } from "surql/history";

/** What became of the lock. */
export function renderUnlocked({ lock }: { readonly lock: Lock | null }): string {
  if (lock === null) return "The lock is free.";
  return `Took the lock from ${lock.owner}, who had it since ${lock.acquiredAt}.`;
}
