import { listQuarantine, type QuarantineEntry } from "@surql/history";
import type { BatchOptions } from "../batches/keep-in-batches.ts";
import { commitBatch, defaultBatchSize, type BatchRun } from "../batches/commit-batch.ts";
import { interrupted } from "../errors.ts";
import type { RunOptions } from "../options.ts";
import { commitEvent } from "../run/commit-event.ts";
import type { Run } from "../run/run-parts.ts";
import { readRestoreFailure } from "./read-restore-failure.ts";
import {
  beginRestore,
  finishRestoring,
  restoreNextRows,
  type BatchJournal,
} from "./restore-batch-scripts.ts";
import { restoreOrder } from "./restore-order.ts";
import { bindTo } from "./restore-script.ts";
import type { RestoreRule } from "./restore-rule.ts";
import { restoreStopped } from "./restore-stopped.ts";
import { unreadableNames } from "./unreadable-names.ts";
import { settleRestored } from "./settle-restored.ts";

/** Whether entries are too much for one transaction, all in all, or are being put back in batches already. Pure. */
export function needsBatches(entries: readonly QuarantineEntry[], batchAbove: number): boolean {
  const records = entries.reduce((sum, { count }) => sum + count, 0);
  return records > batchAbove || entries.some(({ state }) => state === "restoring");
}

/** How many data rows of an entry hold about so many records: at least one. Pure. */
export function rowsPerBatch(
  { count, rows }: QuarantineEntry,
  records: number = defaultBatchSize,
): number {
  return Math.max(1, Math.floor((records * rows) / Math.max(1, count)));
}

/**
 * Puts entries back in batches: each one a transaction that also writes how far it came, and what was there before. What an
 * earlier run has put back is gone on with. The last transaction says of all that they are put back, with an event; then
 * references and views are settled. The database's memory and ours stay flat.
 *
 * @throws `EXECUTOR.INTERRUPTED`, `EXECUTOR.RESTORE_STOPPED`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`. What was put back by then stays, and
 * the same call goes on; `takeBackRestores` takes it out again.
 */
export async function restoreInBatches(
  run: Pick<Run, "db" | "lease" | "signal" | "onRetry">,
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
  options: RunOptions & BatchOptions,
): Promise<void> {
  const { db, lease } = run;
  const ids = new Set(entries.map(({ id }) => id));
  const restored = entries.map(({ id }) => ({ entry: id, rule }));
  const event = { kind: "restore", versions: [], restored } as const;
  const now = restoreOrder((await listQuarantine(db)).filter(({ id }) => ids.has(id)));
  const fresh = now.filter(({ state }) => state !== "restoring");
  if (fresh.length > 0) {
    const begin = fresh.map((entry) => bindTo(entry, beginRestore(entry, rule)));
    const begun = { ...event, result: "begun" } as const;
    await commitEvent(db, lease, begun, options, begin).catch((error: unknown) => {
      throw readRestoreFailure(error) ?? error;
    });
  }
  for (const entry of now) {
    await putBackAll(run, entry, rule, options).catch((error: unknown) => {
      throw restoreStopped(entry, rule, error) ?? error;
    });
  }
  const unreadable = await unreadableNames(db);
  const finish = now.map((entry) => bindTo(entry, finishRestoring(entry, unreadable)));
  await commitEvent(db, lease, { ...event, result: "done" }, options, finish);
  await settleRestored(db, options);
}

async function putBackAll(
  run: BatchRun,
  entry: QuarantineEntry,
  rule: RestoreRule,
  { batchSize, onEvent }: BatchOptions,
): Promise<void> {
  const { migration, table, field, count: total } = entry;
  const size = rowsPerBatch(entry, batchSize);
  const { script } = bindTo(entry, restoreNextRows(entry, rule, size));
  const since = performance.now();
  const perRow = total / Math.max(1, entry.rows);
  let next = entry.restoring?.next ?? 0;
  let records = 0;
  const before = Math.round(next * perRow);
  while (next < entry.rows) {
    if (run.signal?.aborted) throw interrupted();
    const [journal] = (await commitBatch(run, script)).at(-1) as readonly [BatchJournal];
    next = journal.next;
    records += journal.items;
    const perSecond = Math.round((records / (performance.now() - since)) * 1000);
    const done = Math.min(total, next === entry.rows ? total : before + records);
    onEvent?.({ kind: "batch-restored", migration, table, field, done, total, perSecond });
  }
}
