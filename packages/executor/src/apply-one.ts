import { checksumMismatch, recordApplied, type Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import { migrationFailed, partlyApplied, unfinishedOtherWay } from "./errors.ts";
import { layOut, prepareScript, type Part } from "./lay-out.ts";
import { readFailure, readRefusal } from "./migration-failure.ts";
import type { RunOptions } from "./options.ts";
import { runParts, type PartRecord, type Run, type WantedSnapshot } from "./run-parts.ts";
import { scriptToStore } from "./script-to-store.ts";
import { touchedIndexes } from "./touched-indexes.ts";
import { verifyIndexes } from "./verify-indexes.ts";

/** What {@link applyOne} is told. */
export interface ApplyOneOptions extends RunOptions {
  /** Store a snapshot in the same transaction, of all but these tables; `undefined` stores none. */
  readonly snapshot: Pick<WantedSnapshot, "unreadable"> | undefined;
  /** Position in the order of applying, from 1. */
  readonly sequence: number;
}

/**
 * Applies one migration under the lock, from where an interrupted run came to.
 *
 * @throws `EXECUTOR.MIGRATION_FAILED`, `EXECUTOR.PARTLY_APPLIED`, `EXECUTOR.UNFINISHED_MIGRATION`,
 * `HISTORY.CHECKSUM_MISMATCH` when the file was edited since the interrupted run, `EXECUTOR.LOCK_LOST`, `EXECUTOR.STALE_PLAN`.
 */
export async function applyOne(
  run: Run,
  migration: Migration,
  options: ApplyOneOptions,
  unfinished: Progress | undefined,
): Promise<void> {
  const { version, checksum } = migration;
  if (unfinished?.direction === "down") throw unfinishedOtherWay(version, "down");
  if (unfinished !== undefined && unfinished.checksum !== checksum)
    throw checksumMismatch([version]);
  const alreadyDone = unfinished?.statementsDone ?? 0;

  const script = prepareScript(migration, "up", alreadyDone);
  const failed = await runParts(run, layOut([script], "up"), {
    recordOf: (part) => recordOf(part, migration, options, run.ledger.length + 1),
  });
  if (failed === undefined) return;

  const refusal = readRefusal(failed.error);
  if (refusal !== undefined) throw refusal;
  // A nested OVERWRITE that failed may have emptied an index that is still there.
  await verifyIndexes(run.db, touchedIndexes(failed.part.statements), options).catch(
    () => undefined,
  );
  const failure = readFailure(failed.error, [version]);
  throw alreadyDone + failed.committed > 0
    ? partlyApplied(failure, failed.error)
    : migrationFailed(failure, failed.error);
}

function recordOf(
  part: Part,
  migration: Migration,
  options: ApplyOneOptions,
  migrationCount: number,
): PartRecord {
  const { version, description, checksum } = migration;
  const { actor = "surql", toolVersion, sequence } = options;
  const event = {
    kind: "apply",
    actor,
    toolVersion,
    toVersion: version,
    versions: [version],
  } as const;
  if (part.leaves !== undefined) {
    return {
      ledger: [],
      event: { ...event, result: "partial", progress: { ...part.leaves, checksum } },
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
    event: { ...event, result: "done" },
    snapshot: options.snapshot && { ...options.snapshot, version, migrationCount },
  };
}
