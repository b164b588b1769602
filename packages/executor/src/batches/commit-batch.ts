import { retry, type ScriptStatement } from "@surql/connection";
import { holdLock, type Lease } from "@surql/history";
import type { Run } from "../run/run-parts.ts";

/** A run, as far as work in batches goes. */
export type BatchRun = Pick<Run, "db" | "signal" | "onRetry"> & { readonly lease: Lease };

/** How many records a batch holds unless told. Measured: larger ones are no faster, and hold more memory. */
export const defaultBatchSize = 5000;

/** From how many records on work is done in batches. Measured: the engine takes some 5 kB a record to keep them in one transaction. */
export const defaultBatchAbove = 100_000;

/**
 * Commits a batch: only a runner that still holds the lock can. It may be repeated blindly, as it goes on from where the
 * header of its entry says, and the two are written together.
 *
 * @returns What each of its statements gave.
 */
export async function commitBatch(
  { db, lease, signal, onRetry }: BatchRun,
  script: readonly ScriptStatement[],
): Promise<readonly unknown[]> {
  const { statement, bindings } = holdLock(lease);
  return retry(() => db.transact([statement, ...script], bindings), { signal, onRetry });
}
