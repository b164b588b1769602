import { checksumMismatch, recordApplied, type Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { migrationFailed, partlyApplied, unfinishedOtherWay } from "../errors.ts";
import { layOut, prepareScript, type Part } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import { readFailure, readRefusal } from "../run/migration-failure.ts";
import { joinCompanies } from "../run/join-companies.ts";
import type { RunOptions } from "../options.ts";
import { prepareStatements } from "../run/prepared-statement.ts";
import { commitRecord } from "../run/commit-record.ts";
import { runParts, type PartRecord, type Run, type WantedSnapshot } from "../run/run-parts.ts";
import { readRestoreFailure } from "../restore/read-restore-failure.ts";
import type { WantedRestore } from "../restore/restore-on-apply.ts";
import { companyOfRestore, finishRestore, restoredWith } from "../restore/restore-with-apply.ts";
import { scriptToStore } from "./script-to-store.ts";
import { indexesToCheck } from "../indexes/touched-indexes.ts";
import { statementUnsettled } from "../run/refuse-half-way.ts";
import { rehearseApply } from "../verification/rehearse-apply.ts";
import { applyNotAsRehearsed, readDiscrepancies } from "../verification/verification-failure.ts";

/** What {@link applyOne} is told. */
export interface ApplyOneOptions extends RunOptions {
  /** Store a snapshot in the same transaction, of all but these tables; `undefined` stores none. */
  readonly snapshot: Pick<WantedSnapshot, "unreadable"> | undefined;
  /** Let a migration make another schema than in its rehearsal, and keep that in the snapshot. */
  readonly acceptDifference?: boolean | undefined;
  /** Position in the order of applying, from 1. */
  readonly sequence: number;
  /** Give this back in the same transaction. The snapshot then gets the transaction after it. */
  readonly restore?: WantedRestore | undefined;
}

/**
 * Applies one migration under the lock, from where an interrupted run came to.
 *
 * @throws `EXECUTOR.MIGRATION_FAILED`, `EXECUTOR.PARTLY_APPLIED`, `EXECUTOR.UNFINISHED_MIGRATION`, `EXECUTOR.STATEMENT_UNSETTLED`,
 * `EXECUTOR.VERIFICATION_FAILED` (with a snapshot), `EXECUTOR.RESTORE_BLOCKED`, `EXECUTOR.RESTORE_FAILED`, `EXECUTOR.ALREADY_RESTORED`, `HISTORY.CHECKSUM_MISMATCH` when the file was edited since the interrupted run, `EXECUTOR.LOCK_LOST`, `EXECUTOR.STALE_PLAN`.
 */
export async function applyOne(
  run: Run,
  migration: Migration,
  options: ApplyOneOptions,
  unfinished: Progress | undefined,
): Promise<void> {
  const { version, checksum } = migration;
  if (unfinished?.unsettled !== undefined) throw statementUnsettled(unfinished);
  if (unfinished?.direction === "down") throw unfinishedOtherWay(version, "down");
  if (unfinished !== undefined && unfinished.checksum !== checksum)
    throw checksumMismatch([version]);
  const alreadyDone = unfinished?.statementsDone ?? 0;

  const script = prepareScript(migration, "up", alreadyDone);
  const parts = layOut([script], "up", placeOf(run.db.target));
  const isVerified = options.snapshot !== undefined && options.acceptDifference !== true;
  const rehearsed = isVerified ? await rehearseApply(run.db, script, parts) : undefined;
  const failed = await runParts(run, parts, {
    recordOf: (part) => {
      const record = recordOfApply(part, migration, options, run.ledger.length + 1);
      return { ...record, company: joinCompanies(record.company, rehearsed?.companyOf(part)) };
    },
  });
  if (failed === undefined) {
    if (options.restore === undefined) return;
    await storeSnapshotAfter(run, version, options);
    await finishRestore(run, options.restore, options);
    return;
  }

  const refusal = readRefusal(failed.error);
  if (refusal !== undefined) throw refusal;
  const wrong = rehearsed && readDiscrepancies(failed.error, rehearsed, rehearsed.schema);
  if (wrong !== undefined)
    throw applyNotAsRehearsed(version, wrong, alreadyDone + failed.committed > 0);
  // A nested OVERWRITE that failed may have emptied an index that is still there.
  await checkPendingIndexes(run.db, run.lease, options).catch(() => undefined);
  const failure = readFailure(failed.error, [version]);
  const notRestored = failed.committed > 0 ? undefined : readRestoreFailure(failed.error);
  if (notRestored !== undefined) throw notRestored;
  throw alreadyDone + failed.committed > 0
    ? partlyApplied(failure, "up", failed.error)
    : migrationFailed(failure, failed.error);
}

/** What is recorded with a part of a migration that is applied. */
export function recordOfApply(
  part: Part,
  migration: Migration,
  options: ApplyOneOptions,
  migrationCount: number,
): PartRecord {
  const { version, description, checksum } = migration;
  const { actor = "surql", toolVersion, sequence, restore } = options;
  const event = {
    kind: "apply",
    actor,
    toolVersion,
    toVersion: version,
    versions: [version],
    indexes: indexesToCheck(part),
  } as const;
  if (part.leaves !== undefined) {
    const statements = prepareStatements(migration, "up").length;
    return {
      ledger: [],
      event: { ...event, result: "partial", progress: { ...part.leaves, statements, checksum } },
    };
  }
  return {
    ledger: [
      recordApplied({
        version,
        description,
        checksum,
        sequence,
        toolVersion,
        script: scriptToStore(migration),
      }),
    ],
    event: { ...event, result: "done", restored: restore && restoredWith(restore) },
    company: restore && companyOfRestore(restore, version),
    snapshot:
      restore === undefined && options.snapshot !== undefined
        ? { ...options.snapshot, version, migrationCount }
        : undefined,
  };
}

/**
 * Kept data goes back by `OPTION IMPORT`, which an interactive transaction does not know; and a snapshot is taken in
 * one. So it is taken in the next transaction, under the same lock, with an event that says so.
 */
async function storeSnapshotAfter(
  run: Run,
  version: string,
  { snapshot, actor = "surql", toolVersion }: ApplyOneOptions,
): Promise<void> {
  if (snapshot === undefined) return;
  const ledger = [...run.ledger, version];
  await commitRecord(
    { ...run, ledger },
    {
      ledger: [],
      event: {
        kind: "snapshot",
        result: "done",
        actor,
        toolVersion,
        toVersion: version,
        versions: [],
      },
      snapshot: { ...snapshot, version, migrationCount: ledger.length },
    },
  );
}
