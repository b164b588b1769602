import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { getAppliedMigrations, listQuarantine, type QuarantineEntry } from "@surql/history";
import { readRefusal } from "../run/migration-failure.ts";
import type { RunOptions } from "../options.ts";
import { retryOptions } from "../run/retry-options.ts";
import { runParts } from "../run/run-parts.ts";
import { withLock, type HeldLock } from "../run/with-lock.ts";
import { chooseEntries } from "./choose-entries.ts";
import { countRestorable } from "./count-restorable.ts";
import { findObstacles, findTaken } from "./find-obstacles.ts";
import { readRestoreFailure } from "./read-restore-failure.ts";
import { restoreBlocked } from "./restore-errors.ts";
import { describeRestored, type RestoredData } from "./restored-data.ts";
import type { RestoreRule } from "./restore-rule.ts";
import { settleLeftOpen, settleRestored } from "./settle-restored.ts";
import { restoreScript } from "./restore-script.ts";

/** What {@link restoreQuarantined} can be told. */
export interface RestoreOptions extends RunOptions {
  /** What becomes of what was written since the rollback. */
  readonly rule: RestoreRule;
  /** Try it in a transaction that is given up, and count. Nothing is written. */
  readonly dryRun?: boolean | undefined;
}

/** What came of {@link restoreQuarantined}. */
export interface RestoreResult {
  readonly rule: RestoreRule;
  readonly restored: readonly RestoredData[];
  /** Milliseconds, all in all. */
  readonly durationMs: number;
}

/**
 * Gives back what a rollback kept, in one transaction with an event: records, values and edges as they were, whatever
 * events, defaults and assertions say today. What was put back is not put back again.
 *
 * @param id An entry, or the event of a rollback: all that it kept. Without one, the only rollback that has kept something.
 * @throws `EXECUTOR.NOTHING_KEPT`, `EXECUTOR.SEVERAL_KEPT`, `EXECUTOR.ALREADY_RESTORED`, `EXECUTOR.RESTORE_BLOCKED` (with all that stands in
 * the way), `EXECUTOR.RESTORE_FAILED`, `EXECUTOR.LOCK_HELD`, `EXECUTOR.LOCK_LOST`, `CONNECTION.*`. Nothing is written then.
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
  const { rule } = options;
  if (options.dryRun !== true) await settleLeftOpen(db, options);
  const entries = chooseEntries(await listQuarantine(db), id);
  await refuseBlocked(db, entries);
  let restored: readonly RestoredData[];
  if (options.dryRun) {
    await tryOut(db, entries, rule);
    restored = await countRestorable(db, entries, rule);
  } else {
    restored = await withLock(db, options, (lease) => carryOut(db, lease, entries, options));
  }
  return { rule, restored, durationMs: performance.now() - begun };
}

async function refuseBlocked(db: Database, entries: readonly QuarantineEntry[]): Promise<void> {
  const obstacles = await findObstacles(db, entries);
  if (obstacles.length > 0) throw restoreBlocked(obstacles);
}

const givenUp = "surql: this was a dry run";

/** Lets the engine say what it refuses, and keeps nothing: works over HTTP too. */
async function tryOut(
  db: Database,
  entries: readonly QuarantineEntry[],
  rule: RestoreRule,
): Promise<void> {
  const { opening, closing } = restoreScript(entries, rule);
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
  const part = { statements: [], direction: "up", transactional: true, finishes: [] } as const;
  const failed = await runParts({ db, lease, ledger, ...retryOptions(options) }, [part], {
    recordOf: () => ({
      ledger: [],
      event: {
        kind: "restore",
        result: "done",
        actor,
        toolVersion,
        versions: [],
        restored: entries.map((entry) => ({ entry: entry.id, rule })),
      },
      company: restoreScript(entries, rule),
    }),
  });
  if (failed !== undefined) throw await explain(db, entries, failed.error);
  await settleRestored(db, options);
  return describeRestored(await listQuarantine(db), entries);
}

async function explain(
  db: Database,
  entries: readonly QuarantineEntry[],
  error: unknown,
): Promise<unknown> {
  const failure = readRefusal(error) ?? readRestoreFailure(error);
  if (failure?.code !== "EXECUTOR.RESTORE_FAILED") return failure ?? error;
  const taken = await findTaken(db, entries).catch(() => []);
  return taken.length > 0 ? restoreBlocked(taken) : failure;
}
