import type { Database } from "@surql/connection";
import { renewLock, type Lease } from "./lock.ts";

/** A lease that is being renewed. */
export interface KeptLock {
  /** Is aborted when the lock is found to be somebody else's. */
  readonly lost: AbortSignal;
  /** Ends it; resolves when no renewal is under way any more. */
  stop(): Promise<void>;
}

/**
 * Renews a lease three times in its `ttlMs`, until it is stopped. A renewal that fails is left to the next one: a
 * lease that expires for it is still this runner's until somebody takes it. Keeps no process alive.
 *
 * @example
 * ```ts
 * const kept = keepLock(db, lease);
 * try {
 *   await work(kept.lost);
 * } finally {
 *   await kept.stop();
 * }
 * ```
 */
export function keepLock(db: Pick<Database, "query">, lease: Lease): KeptLock {
  const lost = new AbortController();
  let renewing: Promise<void> | undefined;
  const renew = async (): Promise<void> => {
    try {
      if (!(await renewLock(db, lease))) end();
    } catch {
      // The transactions of the holder say what is wrong with the connection.
    }
  };
  const timer = setInterval(() => {
    renewing ??= renew().finally(() => {
      renewing = undefined;
    });
  }, lease.ttlMs / 3);
  timer.unref();
  function end(): void {
    clearInterval(timer);
    lost.abort();
  }
  return {
    lost: lost.signal,
    async stop() {
      clearInterval(timer);
      await renewing;
    },
  };
}
