import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import type { AppliedMigration, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import { captureSchema, unreadableTables } from "@surql/snapshot";
import { applyJoined } from "./apply-joined.ts";
import { applyOne, type ApplyOneOptions } from "./apply-one.ts";
import { defaultBatchAbove } from "../batches/commit-batch.ts";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { applyInterrupted } from "../errors.ts";
import { groupAt, mayJoin } from "./join-migrations.ts";
import { nextSequence } from "./next-sequence.ts";
import type { RunOptions } from "../options.ts";
import { keptForMigrations, type WantedRestore } from "../restore/restore-on-apply.ts";
import { needsBatches } from "../restore/restore-in-batches.ts";
import { unreadableNames } from "../restore/unreadable-names.ts";
import type { RestoreRule } from "../restore/restore-rule.ts";
import type { Run } from "../run/run-parts.ts";

/** What is to be applied, and the ledger that it was chosen by. */
export interface Chosen {
  readonly ledger: readonly AppliedMigration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
  readonly pending: readonly Migration[];
}

/** What {@link applyPending} is told. */
interface ApplyPendingOptions extends RunOptions, Pick<ApplyOneOptions, "acceptDifference"> {
  readonly snapshot: boolean;
  readonly restore: RestoreRule | undefined;
  /** More records than this that a migration gets back come in batches. */
  readonly batchAbove?: number | undefined;
}

/**
 * Applies what was chosen, one after the other, under the lock. The indexes of what was applied are
 * checked whatever comes of the rest, and those that a run which died left unchecked.
 *
 * @returns The versions that were applied.
 * @throws What `applyOne` throws, and `EXECUTOR.INDEX_INCOMPLETE`, `EXECUTOR.INDEX_UNFINISHED`.
 */
export async function applyPending(
  run: Omit<Run, "ledger">,
  { ledger, unfinished, pending }: Chosen,
  options: ApplyPendingOptions,
): Promise<readonly string[]> {
  const { db } = run;
  const { snapshot, onEvent } = options;
  const wanted = snapshot ? { unreadable: unreadableTables(await captureSchema(db)) } : undefined;
  const applied = ledger.map(({ version }) => version);
  const firstSequence = nextSequence(ledger);
  const done: Migration[] = [];
  const started = ({ version }: Migration): void => {
    const position = { position: done.length + 1, total: pending.length };
    onEvent?.({ kind: "migration-started", version, direction: "up", ...position });
  };
  const finished = (migration: Migration): void => {
    const { version } = migration;
    onEvent?.({ kind: "migration-finished", version, direction: "up" });
    applied.push(version);
    done.push(migration);
  };
  const joins = !snapshot && options.restore === undefined && mayJoin(db, pending);
  try {
    while (done.length < pending.length) {
      const group = joins ? groupAt(pending, done.length, unfinished) : [];
      const sequence = firstSequence + done.length;
      const alone = { ...options, snapshot: wanted, restore: undefined };
      const joined = await applyJoined({ ...run, ledger: applied }, group, { ...alone, sequence });
      for (const migration of joined) {
        started(migration);
        finished(migration);
      }
      const next = pending[done.length];
      // One that failed in a group runs again by itself, which says what is wrong with it.
      if (next === undefined || (joined.length > 0 && joined.length === group.length)) continue;
      started(next);
      const restore = await wantedRestore(db, next, options);
      await applyOne(
        { ...run, ledger: applied },
        next,
        { ...alone, sequence: firstSequence + done.length, restore },
        unfinished.get(next.version),
      );
      finished(next);
    }
  } catch (error) {
    await checkPendingIndexes(db, run.lease, options).catch(() => undefined);
    if (!isSurqlError(error) || error.code !== "EXECUTOR.INTERRUPTED") throw error;
    const versions = pending.map(({ version }) => version);
    throw applyInterrupted(versions.slice(0, done.length), versions.slice(done.length));
  }
  await checkPendingIndexes(db, run.lease, options);
  return done.map(({ version }) => version);
}

/** Asked under the lock: somebody may have restored it since. */
async function wantedRestore(
  db: Database,
  migration: Migration,
  {
    restore: rule,
    batchAbove = defaultBatchAbove,
  }: Pick<ApplyPendingOptions, "restore" | "batchAbove">,
): Promise<WantedRestore | undefined> {
  if (rule === undefined) return undefined;
  const entries = await keptForMigrations(db, [migration]);
  if (entries.length === 0) return undefined;
  const unreadable = await unreadableNames(db);
  return { entries, rule, inBatches: needsBatches(entries, batchAbove), unreadable };
}
