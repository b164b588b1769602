import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { acquireLock, ensureLedger, keepLock, releaseLock, type Lease } from "@surql/history";
import { confirmCommits, type Commits } from "./confirm-commits.ts";
import { isLockLost, lockLostMeanwhile } from "./lock-errors.ts";
import type { RunOptions } from "../options.ts";
import { waitForLock } from "./wait-for-lock.ts";

const defaultTtlMs = 60_000;

/** A lock that is held and renewed while the work goes on. */
export interface HeldLock extends Lease {
  /** Is aborted when the lock is found to be somebody else's. */
  readonly lost: AbortSignal;
  /** What was committed under it. */
  readonly commits: Commits;
}

/**
 * Runs work under the one lock of the database, and gives the lock back whatever happens. It is renewed meanwhile,
 * however long a single step of the work takes.
 *
 * @throws `EXECUTOR.LOCK_HELD` when another runner has it, and keeps it for `lockTimeoutMs`; `EXECUTOR.INTERRUPTED` when
 * it is told to stop before; `EXECUTOR.COMMIT_LOST` when what the database committed is not there at the end.
 */
export async function withLock<T>(
  db: Database,
  options: RunOptions,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T> {
  const request = {
    owner: options.actor ?? "surql",
    runner: randomUUID(),
    ttlMs: options.lockTtlMs ?? defaultTtlMs,
  };
  await ensureLedger(db);
  const lease = await waitForLock(() => acquireLock(db, request), options);
  const kept = keepLock(db, lease);
  const commits: Commits = { events: [], ledger: undefined };
  try {
    const result = await work({ ...lease, lost: kept.lost, commits });
    await confirmCommits(db, lease, commits);
    return result;
  } catch (error) {
    throw isLockLost(error) ? lockLostMeanwhile() : error;
  } finally {
    await kept.stop();
    // A lock that cannot be given back expires; the error of the work itself is the one to report.
    await releaseLock(db, lease).catch(() => undefined);
  }
}
