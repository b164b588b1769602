import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { recordRolledBack } from "@surql/history";
import type { Migration } from "@surql/migration";
import { carryOutPlan, type CarriedOut } from "./carry-out-plan.ts";
import { checkAgain, checkPlan, presumePlan, type CheckedPlan } from "../plan/check-plan.ts";
import { approvalOf } from "../plan/approval-of.ts";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { driftTouched } from "../drift/drift-errors.ts";
import { touchedDrift } from "../drift/planned-drift.ts";
import { approvalRequired, notReversible } from "../errors.ts";
import { backUpRollback, type BackupFolder } from "../backup/back-up-rollback.ts";
import type { Part } from "../run/lay-out.ts";
import { readFailure, readRefusal } from "../run/migration-failure.ts";
import type { RunOptions } from "../options.ts";
import { isUnsettled } from "../run/refuse-half-way.ts";
import { rehearsalFailed } from "../rehearsal/rehearsal-errors.ts";
import type { PlannedMigration, RollbackPlan } from "../plan/rollback-plan.ts";
import type { RollbackResult } from "./rollback-result.ts";
import type { PartRecord, PartsFailure, Run } from "../run/run-parts.ts";
import { indexesToCheck } from "../indexes/touched-indexes.ts";
import { isGroundMoved, isNotAsPlanned } from "../verification/verification-failure.ts";
import { verifyOutcome } from "../verification/verify-outcome.ts";
import { snapshotDiffers } from "../verification/snapshot-errors.ts";
import { withLock } from "../run/with-lock.ts";

/** What {@link executeRollback} can be told. */
export interface RollbackOptions extends RunOptions {
  /** Approve a plan that loses data. */
  readonly force?: boolean | undefined;
  /**
   * Accept that objects which the plan touches are not as the snapshot of the current version has them, or will not be as that of the
   * target has them, as the plan foretells.
   */
  readonly acceptDifference?: boolean | undefined;
  /** Check everything that can be checked without writing, and stop. */
  readonly dryRun?: boolean | undefined;
  /** Write what it loses to files first. They are closed before its transaction begins. */
  readonly backup?: BackupFolder | undefined;
  /**
   * Of a plan from a file: the migrations. They hold the secrets of its statements, and say what a migration that was
   * applied since builds on. Without them a plan that needs neither is carried out as well.
   */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Carries out a plan: all its migrations, their ledger rows and the event in one transaction (or in those
 * that the plan announces). A failure leaves schema, data and ledger as they were.
 *
 * @returns What came of it. A failure of the database is in `errors`, with migration, statement, line and the
 * server's own words; it is not thrown.
 * @throws `EXECUTOR.APPROVAL_REQUIRED`, `EXECUTOR.NOT_REVERSIBLE`, `EXECUTOR.REHEARSAL_FAILED`, `EXECUTOR.STALE_PLAN` with
 * what changed in `meta.changes`, `EXECUTOR.PLAN_EDITED`, `EXECUTOR.PLAN_EXPIRED`, `EXECUTOR.PLAN_CARRIED_OUT`,
 * `EXECUTOR.PLAN_FOR_ANOTHER_DATABASE`, `EXECUTOR.PLAN_SECRET_MISSING`, `EXECUTOR.VERIFICATION_FAILED`, `EXECUTOR.DRIFT`, `EXECUTOR.SNAPSHOT_DIFFERS`,
 * `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.LOCK_HELD`,
 * `EXECUTOR.LOCK_LOST`, `EXECUTOR.INTERRUPTED`, `CONNECTION.*`: each before anything was written.
 * @example
 * ```ts
 * const result = await executeRollback(db, plan, { force: true });
 * if (!result.success) console.error(result.errors[0]?.message);
 * ```
 */
export async function executeRollback(
  db: Database,
  plan: RollbackPlan,
  options: RollbackOptions = {},
): Promise<RollbackResult> {
  const begun = performance.now();
  refuseIrreversible(plan);
  refuseFailing(plan);
  if (plan.requiresApproval && !options.force) {
    throw approvalRequired(plan);
  }
  if (!options.acceptDifference) {
    refuseDrift(plan);
    refuseDifferences(plan);
  }
  const check = options.dryRun || options.backup !== undefined ? checkPlan : presumePlan;
  const checked = await check(db, plan, options.migrations);
  if (options.dryRun || plan.migrationCount === 0) {
    return resultOf(plan, checked.plan, begun, []);
  }
  return withLock(db, options, async (lease) => {
    const { rolledBack, failure, isVerified } = await carryOut(db, lease, checked, options);
    if (failure !== undefined && (failure.committed === 0 || isUnsettled(failure.error))) {
      const refusal = readRefusal(failure.error, plan.toVersion);
      if (refusal !== undefined) throw refusal;
    }
    await checkPendingIndexes(db, lease, options);
    if (isNotAsPlanned(failure?.error)) throw failure?.error;
    if (failure === undefined && !isVerified) await verifyOutcome(db, plan);
    return resultOf(plan, checked.plan, begun, rolledBack, failure);
  });
}

/** How often another change of the schema may come between the check of a plan and its transaction. */
const attempts = 5;

/** What the plan rests on may have moved before the lock was ours, and until the transaction began. */
async function carryOut(
  db: Database,
  lease: Run["lease"],
  before: CheckedPlan,
  options: RollbackOptions,
): Promise<CarriedOut> {
  const { plan, whole } = before;
  const recording = (part: Part): PartRecord => recordOf(part, plan, options);
  for (let attempt = 1; ; attempt += 1) {
    const checked =
      attempt === 1
        ? await checkAgain(db, before, options.migrations)
        : await checkPlan(db, whole, options.migrations);
    if (options.backup !== undefined && attempt === 1) {
      await backUpRollback(db, checked.plan, checked.schema, options.backup, options);
    }
    const done = await carryOutPlan(db, lease, checked, options, recording);
    const { failure } = done;
    if (failure?.committed === 0) {
      if (isNotAsPlanned(failure.error)) throw failure.error;
      if (isGroundMoved(failure.error) && attempt < attempts) continue;
    }
    return done;
  }
}

function refuseIrreversible({ migrations, issues }: RollbackPlan): void {
  const stuck = migrations.filter(({ irreversible }) => irreversible !== undefined);
  if (stuck.length === 0) return;
  const advice = issues.flatMap(({ code, recommendation }) =>
    code === "irreversible" && recommendation !== undefined ? [recommendation] : [],
  );
  throw notReversible(stuck, advice);
}

function refuseDrift({ drift, toVersion }: RollbackPlan): void {
  const touched = touchedDrift(drift);
  if (drift !== undefined && touched.length > 0) {
    throw driftTouched(drift.version, toVersion, touched);
  }
}

function refuseDifferences({ toVersion, snapshot }: RollbackPlan): void {
  if (snapshot !== undefined && snapshot.differences.length > 0) {
    throw snapshotDiffers(toVersion, snapshot.differences);
  }
}

function refuseFailing({ toVersion, rehearsal }: RollbackPlan): void {
  if (rehearsal?.failure !== undefined) throw rehearsalFailed(toVersion, rehearsal.failure);
}

function recordOf(part: Part, plan: RollbackPlan, options: RollbackOptions): PartRecord {
  const { actor = "surql", toolVersion } = options;
  const { finishes, leaves } = part;
  const isLast = finishes.includes(plan.migrations.at(-1)?.version ?? "");
  const left = plan.migrations.find(({ version }) => version === leaves?.version);
  const versions = isLast ? plan.migrations.map(({ version }) => version) : finishes;
  const computed = plan.migrations.flatMap((one) => (one.computed ? [one.version] : []));
  // One that was half-way applied has no row.
  const applied = new Set(plan.ground.applied);
  const rows = finishes.filter((version) => applied.has(version));
  return {
    ledger: rows.length > 0 ? [recordRolledBack(rows)] : [],
    event: {
      kind: "rollback",
      result: isLast ? "done" : "partial",
      actor,
      toolVersion,
      fromVersion: plan.fromVersion,
      toVersion: plan.toVersion,
      versions,
      ...(computed.length > 0 && { computed: computed.filter((one) => versions.includes(one)) }),
      fingerprint: plan.fingerprint,
      planHash: plan.hash,
      approval: approvalOf(plan),
      undo: isLast ? undoOf(plan) : undefined,
      progress: leaves && {
        ...leaves,
        statements: left && statementsOf(left),
        checksum: left?.checksum,
        ...(left?.halfApplied && { halfApplied: left.halfApplied }),
      },
      indexes: indexesToCheck(part),
    },
  };
}

/** How many statements the whole down script has. */
function statementsOf({ statements, statementsDone, halfApplied }: PlannedMigration): number {
  const skipped = halfApplied?.leftOut.filter((index) => index >= statementsDone) ?? [];
  return statementsDone + statements.length + skipped.length;
}

/** The command that takes a rollback back, with the data that it has kept. */
function undoOf({ migrations, preserve }: RollbackPlan): string {
  const restore = preserve !== undefined && preserve.length > 0 ? " --restore ours" : "";
  return `surql migrate up --to ${migrations[0]?.version ?? "base"}${restore}`;
}

function isInterrupted(error: unknown): boolean {
  return isSurqlError(error) && error.category === "interrupted";
}

function resultOf(
  plan: RollbackPlan,
  rest: Pick<RollbackPlan, "migrationCount">,
  begun: number,
  rolledBack: readonly string[],
  failure?: PartsFailure,
): RollbackResult {
  return {
    plan,
    success: failure === undefined,
    rolledBackCount: rolledBack.length,
    completedAll: rolledBack.length === rest.migrationCount,
    rolledBack,
    actualDurationMs: performance.now() - begun,
    ...(rolledBack.length > 0 && failure === undefined && { undo: undoOf(plan) }),
    errors: failure === undefined ? [] : [readFailure(failure.error, failure.part.finishes)],
    partlyChanged: failure !== undefined && failure.committed > 0,
    ...(isInterrupted(failure?.error) && { interrupted: true }),
  };
}
