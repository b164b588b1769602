import type { Database } from "@surql/connection";
import {
  getAppliedMigrations,
  listQuarantine,
  readUncheckedIndexes,
  readUnfinished,
  type Progress,
  type QuarantineEntry,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  analyzeSteps,
  refuseForbidden,
  refuseInvalid,
  type PlanStep,
} from "@surql/safety-analyzer";
import { isAutoSnapshotEnabled } from "@surql/snapshot";
import { defaultBatchAbove } from "../batches/commit-batch.ts";
import { goOnRestoring } from "../restore/go-on-restoring.ts";
import { needsBatches } from "../restore/restore-in-batches.ts";
import { applyPending, type Chosen } from "./apply-pending.ts";
import { snapshotsNeedTransactions } from "../errors.ts";
import { outOfOrder } from "./apply-errors.ts";
import type { ApplyOptions, ApplyResult } from "./apply-options.ts";
import { findOutOfOrder, type OutOfOrder } from "./find-out-of-order.ts";
import { handledCodes } from "../plan/handled-codes.ts";
import { layOut, layOutWhole, prepareScript } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import type { PlannedApply } from "./planned-apply.ts";
import { refuseWithheld } from "./refuse-withheld.ts";
import { keptForMigrations, ruleFor } from "../restore/restore-on-apply.ts";
import { describeRestored } from "../restore/restored-data.ts";
import { retryOptions } from "../run/retry-options.ts";
import { settleLeftOpen } from "../restore/settle-restored.ts";
import { selectPending } from "./select-pending.ts";
import { refuseHalfWay } from "../run/refuse-half-way.ts";
import { refuseUnrecordedSquash } from "../squash/find-squashes.ts";
import { withLock } from "../run/with-lock.ts";

/**
 * Applies pending migrations, parents before children. Each one commits together with its ledger row and
 * its event (and its snapshot), or not at all; the run stops at the first that fails.
 *
 * A migration that the engine cannot do right in one transaction is done in several (docs/engine.md: an index
 * built after a data change); when it fails in between, the same call later goes on from there. Every index
 * that was built is checked against a scan at the end.
 *
 * @throws `EXECUTOR.MIGRATION_FAILED` (the database is as before that migration), `EXECUTOR.PARTLY_APPLIED`, `EXECUTOR.STATEMENT_UNSETTLED`,
 * `EXECUTOR.LOCK_HELD`, `EXECUTOR.INTERRUPTED`, `EXECUTOR.SQUASH_NOT_RECORDED`, `EXECUTOR.SQUASH_PARTLY_APPLIED`, `EXECUTOR.UNKNOWN_VERSION`, `EXECUTOR.INVALID_STEPS`, `EXECUTOR.OUT_OF_ORDER`, `EXECUTOR.SECRET_WITHHELD`,
 * `EXECUTOR.RESTORE_BLOCKED` and `EXECUTOR.RESTORE_FAILED` (the database is as before that migration), `HISTORY.CHECKSUM_MISMATCH`,
 * `HISTORY.FILE_MISSING`, `SAFETY.FORBIDDEN_STATEMENT`, `SAFETY.INVALID_STATEMENT`, `SAFETY.INVALID_POLICY` and `SAFETY.INVALID_ROW_BUDGET` (in a dry run), `CONNECTION.*`.
 * @example
 * ```ts
 * const { applied } = await applyMigrations(db, await discoverMigrations("migrations"));
 * ```
 */
export async function applyMigrations(
  db: Database,
  migrations: readonly Migration[],
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  const begun = performance.now();
  const snapshot = options.autoSnapshot ?? isAutoSnapshotEnabled(db);
  if (snapshot && !db.target.interactiveTransactions) throw snapshotsNeedTransactions();
  const chosen = await choose(db, migrations, options);
  refuseWithheld(chosen.pending, "up");
  const late = lateIn(chosen);
  const planned = chosen.pending.map((migration) => describe(db, migration, chosen.unfinished));
  const steps = chosen.pending.map((migration) => stepOf(migration, chosen.unfinished));
  await refuseUnfit(db, steps);
  const kept = await keptForMigrations(db, chosen.pending);
  announceBatches(chosen.pending, kept, options);
  if (late.outOfOrder !== undefined && options.outOfOrder !== "apply") {
    options.onEvent?.({ kind: "out-of-order", migrations: late.outOfOrder });
  }
  if (options.dryRun) {
    const { issues, overallSafety } = await judge(db, steps, options);
    const durationMs = performance.now() - begun;
    return { ...nothing, ...late, planned, kept, issues, overallSafety, durationMs };
  }
  await settleLeftOpen(db, options);
  await goOnRestoring(db, options);
  const restore = await ruleFor(options.restore, kept);
  options.onEvent?.({ kind: "planned", migrations: planned });
  const unchecked = await readUncheckedIndexes(db);
  const applied =
    chosen.pending.length === 0 && unchecked.length === 0
      ? []
      : await withLock(db, options, async (lease) => {
          // Another runner may have been at work before the lock was ours.
          const now = await choose(db, migrations, options);
          const run = { db, lease, ...retryOptions(options) };
          return applyPending(run, now, { ...options, snapshot, restore });
        });
  const given = await restoredWith(db, kept, restore !== undefined);
  const durationMs = performance.now() - begun;
  return { applied, snapshots: snapshot ? applied : [], ...late, planned, ...given, durationMs };
}

function lateIn({ late }: Ordered): Pick<ApplyResult, "outOfOrder"> {
  return late.length === 0 ? {} : { outOfOrder: late };
}

const nothing = { applied: [], snapshots: [], restored: [] } as const;

/** What may come back with each migration, where that is too much for its transaction: told before it is asked about. */
function announceBatches(
  pending: readonly Migration[],
  kept: readonly QuarantineEntry[],
  { restore = "none", batchAbove = defaultBatchAbove, onEvent }: ApplyOptions,
): void {
  if (restore === "none") return;
  const entries = pending.flatMap(({ version }) => {
    const ofOne = kept.filter(({ migration }) => migration === version);
    return needsBatches(ofOne, batchAbove) ? ofOne : [];
  });
  if (entries.length > 0) onEvent?.({ kind: "restores-in-batches", entries });
}

/** Splits what was kept into what came back and what is kept still. */
async function restoredWith(
  db: Database,
  kept: readonly QuarantineEntry[],
  restoring: boolean,
): Promise<Pick<ApplyResult, "restored" | "kept">> {
  if (!restoring) return { restored: [], kept };
  const now = await listQuarantine(db);
  const back = new Set(now.flatMap(({ id, restoredAt }) => (restoredAt === undefined ? [] : [id])));
  return {
    restored: describeRestored(
      now,
      kept.filter(({ id }) => back.has(id)),
    ),
    kept: kept.filter(({ id }) => !back.has(id)),
  };
}

/** What was chosen, and what of it comes late. */
interface Ordered extends Chosen {
  readonly late: readonly OutOfOrder[];
}

async function choose(
  db: Database,
  migrations: readonly Migration[],
  options: ApplyOptions,
): Promise<Ordered> {
  const ledger = await getAppliedMigrations(db);
  const unfinished = await readUnfinished(db);
  await refuseUnrecordedSquash(db, migrations, ledger);
  const pending = selectPending(migrations, ledger, options);
  refuseHalfWay(unfinished, pending.length > 0 ? "up" : undefined);
  const begun = pending.filter(({ version }) => !unfinished.has(version));
  const late = findOutOfOrder(
    migrations,
    begun,
    ledger.map(({ version }) => version),
  );
  if (late.length > 0 && options.outOfOrder === "refuse") throw outOfOrder(late);
  return { ledger, unfinished, pending, late };
}

/** Looks at everything before anything is written. */
async function refuseUnfit(db: Database, steps: readonly PlanStep[]): Promise<void> {
  if (steps.length === 0) return;
  refuseForbidden(steps);
  await refuseInvalid(db, steps);
}

async function judge(
  db: Database,
  steps: readonly PlanStep[],
  { rules, policies, rowBudget }: ApplyOptions,
): Promise<Required<Pick<ApplyResult, "issues" | "overallSafety">>> {
  if (steps.length === 0) return { issues: [], overallSafety: "safe" };
  return analyzeSteps(db, steps, {
    direction: "up",
    rehearse: true,
    handles: handledCodes,
    rules,
    policies,
    rowBudget,
  });
}

/** What is still to run of a migration. */
function stepOf({ version, up }: Migration, unfinished: ReadonlyMap<string, Progress>): PlanStep {
  return { migration: version, statements: up.slice(unfinished.get(version)?.statementsDone ?? 0) };
}

function describe(
  { target }: Database,
  migration: Migration,
  unfinished: ReadonlyMap<string, Progress>,
): PlannedApply {
  const done = unfinished.get(migration.version)?.statementsDone ?? 0;
  const script = prepareScript(migration, "up", done);
  const place = placeOf(target);
  const isWhole = done === 0 && place.inMemory !== true;
  const parts = isWhole ? layOutWhole(migration) : layOut([script], "up", place);
  return {
    version: migration.version,
    description: migration.description,
    statements: script.statements.map(({ text }) => text),
    transactions: parts.length,
    notes: parts.flatMap(({ boundary }) => boundary ?? []),
  };
}
