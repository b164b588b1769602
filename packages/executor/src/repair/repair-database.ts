import type { Database } from "@surql/connection";
import { getAppliedMigrations } from "@surql/history";
import type { Migration } from "@surql/migration";
import { checkPendingIndexes } from "../indexes/check-pending-indexes.ts";
import { commitEvent } from "../run/commit-event.ts";
import type { RunOptions } from "../options.ts";
import { takeBackRestores } from "../restore/take-back.ts";
import { withLock } from "../run/with-lock.ts";
import { decide } from "./decide.ts";
import { findRepairs } from "./find-repairs.ts";
import type { Repair, RepairDecision, RepairResult } from "./repair.ts";

/** What {@link repairDatabase} can be told. */
export interface RepairOptions extends RunOptions {
  /** What to do about what is half-way; without it, that is left as it is. */
  readonly decision?: RepairDecision | undefined;
  /** The migration files: needed for `applied`, whose row of the ledger is made of one. */
  readonly migrations?: readonly Migration[] | undefined;
}

/**
 * Puts right what interruptions left behind: settles statements that were begun outside of a transaction, gives up
 * migrations that are half-way, and checks and rebuilds indexes. What it decides is recorded as an event.
 *
 * A migration that is half-way needs no repair to go on: the command that was interrupted does.
 *
 * @throws `HISTORY.FILE_MISSING`, `HISTORY.CHECKSUM_MISMATCH` for `applied` without its file; `EXECUTOR.LOCK_HELD`, `EXECUTOR.INDEX_INCOMPLETE`, `EXECUTOR.INDEX_UNFINISHED`, `CONNECTION.*`.
 * @example
 * ```ts
 * const { left } = await repairDatabase(db, { decision: "done" });
 * ```
 */
export async function repairDatabase(
  db: Database,
  options: RepairOptions = {},
): Promise<RepairResult> {
  if ((await findRepairs(db)).length === 0) return { repaired: [], left: [] };
  return withLock(db, options, async (lease) => {
    const found = await findRepairs(db);
    const repaired: Repair[] = [];
    for (const repair of found) {
      const ledger = await getAppliedMigrations(db);
      const decided = decide(repair, { ...options, ledger });
      if (decided === undefined) continue;
      await commitEvent(db, lease, decided.event, options, decided.changes);
      repaired.push(repair);
    }
    if (options.decision === "abandon") {
      await takeBackRestores(db, lease, options);
      repaired.push(...found.filter(({ kind }) => kind === "restoring"));
    }
    await checkPendingIndexes(db, lease, options);
    repaired.push(...found.filter(({ kind }) => kind === "index"));
    return { repaired, left: await findRepairs(db) };
  });
}
