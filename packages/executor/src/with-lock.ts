import { randomUUID } from "node:crypto";
import type { Database } from "@surql/connection";
import { acquireLock, ensureLedger, releaseLock, type Lease } from "@surql/history";
import { lockHeld } from "./errors.ts";
import type { RunOptions } from "./options.ts";

const defaultTtlMs = 60_000;

/**
 * Runs work under the one lock of the database, and gives the lock back whatever happens.
 *
 * @throws `EXECUTOR.LOCK_HELD` when another runner has it.
 */
export async function withLock<T>(
  db: Database,
  options: RunOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  await ensureLedger(db);
  const answer = await acquireLock(db, {
    owner: options.actor ?? "surql",
    runner: randomUUID(),
    ttlMs: options.lockTtlMs ?? defaultTtlMs,
  });
  if (!answer.acquired) throw lockHeld(answer.holder);
  try {
    return await work(answer.lease);
  } finally {
    // A lock that cannot be given back expires; the error of the work itself is the one to report.
    await releaseLock(db, answer.lease).catch(() => undefined);
  }
}
