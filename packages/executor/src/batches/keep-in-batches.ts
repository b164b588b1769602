import { randomUUID } from "node:crypto";
import type { BoundScript } from "@surql/connection";
import { holdLock, listQuarantine, type Lease, type QuarantineEntry } from "@surql/history";
import { interrupted } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import type { Run } from "../run-parts.ts";
import type { BatchKeeping } from "./batch-keeping.ts";
import { beginBatches, catchUpBatch, keepNextBatch, rowsPerCatchUp } from "./batch-scripts.ts";

/** A run, as far as keeping in batches goes. */
type BatchRun = Pick<Run, "db" | "signal"> & { readonly lease: Lease };

/** How many records a batch keeps unless told. Measured: larger ones are no faster, and hold more memory. */
const defaultBatchSize = 5000;

/** What {@link keepInBatches} can be told. */
export interface BatchOptions extends Pick<RunOptions, "onEvent"> {
  /** Records in a batch; 5,000 unless told. */
  readonly batchSize?: number | undefined;
}

/**
 * Keeps the records of a table, or the values of a field, in batches: each one a transaction that also writes how
 * far it came. What an earlier run has kept is gone on with, and kept anew where it has changed since. The database's
 * memory and ours stay flat.
 *
 * @returns The id of the entry, which is `keeping` until the transaction that loses the records takes it over.
 * @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`. What was kept by then stays.
 */
export async function keepInBatches(
  run: BatchRun,
  keeping: BatchKeeping,
  { batchSize = defaultBatchSize, onEvent }: BatchOptions = {},
): Promise<string> {
  const begun = await findBegun(run, keeping);
  const entry = begun?.id ?? `q${randomUUID().replaceAll("-", "")}`;
  if (begun === undefined) await commit(run, beginBatches(entry, keeping));
  const since = performance.now();
  const before = begun?.count ?? 0;
  let done = before;
  let isFirst = (begun?.rows ?? 0) === 0;
  for (;;) {
    if (run.signal?.aborted) throw interrupted();
    const { count, kept } = await keepNext(run, keepNextBatch(entry, keeping, batchSize, isFirst));
    done = count;
    isFirst = false;
    const perSecond = Math.round(((done - before) / (performance.now() - since)) * 1000);
    const { migration, table, field } = keeping;
    const total = Math.max(keeping.records, done);
    onEvent?.({ kind: "batch-kept", migration, table, field, done, total, perSecond });
    if (kept < batchSize) break;
  }
  await catchUp(run, keeping, begun);
  return entry;
}

/** What an earlier run has kept may have changed since. */
async function catchUp(
  run: BatchRun,
  keeping: BatchKeeping,
  begun: QuarantineEntry | undefined,
): Promise<void> {
  if (begun === undefined) return;
  for (let from = 0; from < begun.rows; from += rowsPerCatchUp) {
    if (run.signal?.aborted) throw interrupted();
    await commit(run, catchUpBatch(begun.id, keeping, from));
  }
}

/** The entry of a run that was interrupted while it kept the same. */
async function findBegun(
  { db }: BatchRun,
  keeping: BatchKeeping,
): Promise<QuarantineEntry | undefined> {
  return (await listQuarantine(db)).find(
    ({ state, migration, kind, table, field }) =>
      state === "keeping" &&
      migration === keeping.migration &&
      kind === keeping.kind &&
      table === keeping.table &&
      field === keeping.field,
  );
}

async function keepNext(
  run: BatchRun,
  batch: BoundScript,
): Promise<{ readonly count: number; readonly kept: number }> {
  const results = await commit(run, batch);
  const [journal] = results.at(-1) as readonly [{ count: number; kept: number }];
  return journal;
}

/** A batch is only written by a runner that still holds the lock. */
async function commit(
  { db, lease }: BatchRun,
  { script, bindings }: BoundScript,
): Promise<readonly unknown[]> {
  const guard = holdLock(lease);
  return db.transact([guard.statement, ...script], { ...guard.bindings, ...bindings });
}
