import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { getAppliedMigrations, listQuarantine, type QuarantineEntry } from "@surql/history";
import type { BatchOptions } from "../batches/keep-in-batches.ts";
import { defaultBatchAbove } from "../batches/commit-batch.ts";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "../run/retry-options.ts";
import { commitRecord } from "../run/commit-record.ts";
import type { PartRecord } from "../run/run-parts.ts";
import { withLock, type HeldLock } from "../run/with-lock.ts";
import { chooseEntries } from "./choose-entries.ts";
import { countRestorable } from "./count-restorable.ts";
import { findObstacles, findTaken } from "./find-obstacles.ts";
import { readRestoreFailure } from "./read-restore-failure.ts";
import { needsBatches, restoreInBatches } from "./restore-in-batches.ts";
import { restoreBlocked } from "./restore-errors.ts";
import { describeRestored, type RestoredData } from "./restored-data.ts";
import type { RestoreRule } from "./restore-rule.ts";
import { restoreUnfinished } from "./restore-stopped.ts";
import { settleLeftOpen, settleRestored } from "./settle-restored.ts";
import { unreadableNames } from "./unreadable-names.ts";
import { restoreScript } from "./restore-script.ts";

/** What {@link restoreQuarantined} can be told. */
export interface RestoreOptions extends RunOptions, Pick<BatchOptions, "batchSize"> {
  /** What becomes of what was written since the rollback. */
  readonly rule: RestoreRule;
  /** Try it in a transaction that is given up, and count. Nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** More records than this, all in all, come back in batches; 100,000 unless told. */
  readonly batchAbove?: number | undefined;
}

/** What came of {@link restoreQuarantined}. */
export interface RestoreResult {
  readonly rule: RestoreRule;
  readonly restored: readonly RestoredData[];
  /** Set where it came back, or would, in batches, because one transaction should not hold it. */
  readonly inBatches?: true | undefined;
  /** Milliseconds, all in all. */
  readonly durationMs: number;
}

/**
 * Gives back what a rollback kept, in one transaction with an event: records, values and edges as they were, whatever
 * events, defaults and assertions say today. What was put back is not put back again.
 *
 * Above `batchAbove` it comes back in batches, each of which writes how far it came. What was interrupted is gone on with by the
 * same call, or taken out again by `repairDatabase` with the decision `abandon`.
 *
 * @param id An entry, or the event of a rollback: all that it kept. Without one, the only rollback that has kept something.
 * @throws `EXECUTOR.NOTHING_KEPT`, `EXECUTOR.SEVERAL_KEPT`, `EXECUTOR.ALREADY_RESTORED`, `EXECUTOR.RESTORE_BLOCKED` (with all that stands in
 * the way), `EXECUTOR.RESTORE_FAILED`, `EXECUTOR.RESTORE_UNFINISHED`, `EXECUTOR.LOCK_HELD`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`. Nothing is written then. In
 * batches also `EXECUTOR.RESTORE_STOPPED`, `EXECUTOR.INTERRUPTED`: batches that were committed by then stay.
 * @example
 * ```ts
 * const { restored } = await restoreQuarantined(db, undefined, { rule: "theirs" });
 * ```
 */
export async function restoreQuarantined(
  db: Database,
  id: string | undefined,
  options: RestoreOptions,
): Promise<RestoreResult> {
  const begun = performance.now();
  const { rule, batchAbove = defaultBatchAbove } = options;
  if (options.dryRun !== true) await settleLeftOpen(db, options);
  const entries = await chooseEntries(db, id);
  refuseOtherWay(entries, rule);
  await refuseBlocked(db, entries);
  const inBatches = needsBatches(entries, batchAbove);
  let restored: readonly RestoredData[];
  if (options.dryRun) {
    await tryOut(db, entries, rule, inBatches);
    restored = await countRestorable(db, entries, rule);
  } else {
    restored = await withLock(db, options, async (lease) => {
      if (!inBatches) return carryOut(db, lease, entries, options);
      await restoreInBatches({ db, lease, ...retryOptions(options) }, entries, rule, options);
      return describeRestored(await listQuarantine(db), entries);
    });
  }
  const durationMs = performance.now() - begun;
  return { rule, restored, ...(inBatches && { inBatches }), durationMs };
}

/** What is half-way goes on by its own rule only. */
function refuseOtherWay(entries: readonly QuarantineEntry[], rule: RestoreRule): void {
  const other = entries.filter(
    ({ restoring }) => restoring !== undefined && (restoring.rule !== rule || restoring.back),
  );
  if (other.length > 0) throw restoreUnfinished(other);
}

async function refuseBlocked(db: Database, entries: readonly QuarantineEntry[]): Promise<void> {
  const obstacles = await findObstacles(db, entries);
  if (obstacles.length > 0) throw restoreBlocked(obstacles);
}

const triedRows = 10;

const givenUp = "surql: this was a dry run";

/** Lets the engine say what it refuses, and keeps nothing: works over HTTP too. Of what comes in batches, the first rows are tried. */
async function tryOut(
  db: Database,
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
  inBatches: boolean,
): Promise<void> {
  const fresh = entries.filter(({ state }) => state === "kept");
  const { opening, closing } = restoreScript(
    fresh,
    rule,
    await unreadableNames(db),
    inBatches ? triedRows : undefined,
  );
  const script = [...opening, ...closing].flatMap((piece) => piece.script);
  try {
    await db.transact([...script, { text: `THROW "${givenUp}"` }], { __surql_event_id: "dry run" });
  } catch (error) {
    if (isSurqlError(error) && String(error.meta["reason"]).includes(givenUp)) return;
    throw await explain(db, entries, error);
  }
}

async function carryOut(
  db: Database,
  lease: HeldLock,
  entries: readonly QuarantineEntry[],
  options: RestoreOptions,
): Promise<readonly RestoredData[]> {
  const { rule, actor = "surql", toolVersion } = options;
  const ledger = (await getAppliedMigrations(db)).map(({ version }) => version);
  const record: PartRecord = {
    ledger: [],
    event: {
      kind: "restore",
      result: "done",
      actor,
      toolVersion,
      versions: [],
      restored: entries.map((entry) => ({ entry: entry.id, rule })),
    },
    company: restoreScript(entries, rule, await unreadableNames(db)),
  };
  await commitRecord({ db, lease, ledger, ...retryOptions(options) }, record).catch(
    async (error: unknown) => {
      throw await explain(db, entries, error);
    },
  );
  await settleRestored(db, options);
  return describeRestored(await listQuarantine(db), entries);
}

async function explain(
  db: Database,
  entries: readonly QuarantineEntry[],
  error: unknown,
): Promise<unknown> {
  const failure = readRestoreFailure(error);
  if (failure?.code !== "EXECUTOR.RESTORE_FAILED") return failure ?? error;
  const taken = await findTaken(db, entries).catch(() => []);
  return taken.length > 0 ? restoreBlocked(taken) : failure;
}
