import { listQuarantine, type QuarantineEntry } from "@surql/history";
import { interrupted } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import type { Keeping } from "../quarantine/keeping.ts";
import { itemsBefore } from "./batch-keeping.ts";
import { beginBatches, catchUpBatch, keepNextBatch, rowsPerCatchUp } from "./batch-scripts.ts";
import { commitBatch, defaultBatchSize, type BatchRun } from "./commit-batch.ts";

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
 * @param records How many there were when it was planned.
 * @returns The same, with the id of its entry; that is `keeping` until the transaction that loses it takes it over.
 * @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`. What was kept by then stays.
 */
export async function keepInBatches(
  run: BatchRun,
  planned: Keeping,
  records: number,
  { batchSize = defaultBatchSize, onEvent }: BatchOptions = {},
): Promise<Keeping> {
  const begun = await findBegun(run, planned);
  const keeping: Keeping = { ...planned, id: begun?.id ?? planned.id, inBatches: true };
  const itemsFrom = itemsBefore(keeping);
  if (begun === undefined) await commit(run, beginBatches(keeping));
  const since = performance.now();
  const before = begun?.count ?? 0;
  for (;;) {
    if (run.signal?.aborted) throw interrupted();
    const { count: done, kept } = await keepNext(run, keepNextBatch(keeping, itemsFrom, batchSize));
    const perSecond = Math.round(((done - before) / (performance.now() - since)) * 1000);
    const { migration, table, field } = keeping;
    const total = Math.max(records, done);
    onEvent?.({ kind: "batch-kept", migration, table, field, done, total, perSecond });
    if (kept < batchSize) break;
  }
  await catchUp(run, keeping, begun);
  return keeping;
}

/** What an earlier run has kept may have changed since. */
async function catchUp(
  run: BatchRun,
  keeping: Keeping,
  begun: QuarantineEntry | undefined,
): Promise<void> {
  if (begun === undefined) return;
  for (let from = 0; from < begun.rows; from += rowsPerCatchUp) {
    if (run.signal?.aborted) throw interrupted();
    await commit(run, catchUpBatch(keeping, itemsBefore(keeping), from));
  }
}

/** The entry of a run that was interrupted while it kept the same. */
async function findBegun({ db }: BatchRun, keeping: Keeping): Promise<QuarantineEntry | undefined> {
  return (await listQuarantine(db)).find(
    ({ state, imported, migration, kind, table, field }) =>
      state === "keeping" &&
      imported !== true &&
      migration === keeping.migration &&
      kind === keeping.kind &&
      table === keeping.table &&
      field === keeping.field,
  );
}

async function keepNext(
  run: BatchRun,
  batch: readonly string[],
): Promise<{ readonly count: number; readonly kept: number }> {
  const results = await commit(run, batch);
  const [journal] = results.at(-1) as readonly [{ count: number; kept: number }];
  return journal;
}

async function commit(run: BatchRun, texts: readonly string[]): Promise<readonly unknown[]> {
  return commitBatch(
    run,
    texts.map((text) => ({ text })),
  );
}
