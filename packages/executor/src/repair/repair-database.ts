import type { Database } from "@surql/connection";
import type { MigrationEvent } from "@surql/history";
import { checkPendingIndexes } from "../check-pending-indexes.ts";
import { commitEvent } from "../commit-event.ts";
import type { RunOptions } from "../options.ts";
import { dropEntry } from "../quarantine/keep-rows.ts";
import { withLock } from "../with-lock.ts";
import { findRepairs } from "./find-repairs.ts";
import type { Repair, RepairDecision, RepairResult } from "./repair.ts";

/** What {@link repairDatabase} can be told. */
export interface RepairOptions extends RunOptions {
  /** What to do about what is half-way; without it, that is left as it is. */
  readonly decision?: RepairDecision | undefined;
}

/**
 * Puts right what interruptions left behind: settles statements that were begun outside of a transaction, gives up
 * migrations that are half-way, and checks and rebuilds indexes. What it decides is recorded as an event.
 *
 * A migration that is half-way needs no repair to go on: the command that was interrupted does.
 *
 * @throws `EXECUTOR.LOCK_HELD`, `EXECUTOR.INDEX_INCOMPLETE`, `EXECUTOR.INDEX_UNFINISHED`, `CONNECTION.*`.
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
      const decided = decide(repair, options);
      if (decided === undefined) continue;
      await commitEvent(db, lease, decided, options, dropped(repair));
      repaired.push(repair);
    }
    await checkPendingIndexes(db, lease, options);
    repaired.push(...found.filter(({ kind }) => kind === "index"));
    return { repaired, left: await findRepairs(db) };
  });
}

/** The event that carries the decision out; `undefined` where none is due. Pure. */
function decide(
  repair: Repair,
  { decision }: RepairOptions,
): Omit<MigrationEvent, "actor"> | undefined {
  if (repair.kind === "index" || decision === undefined) return undefined;
  const common = { kind: "repair", decision } as const;
  if (repair.kind === "keeping") {
    if (decision !== "abandon") return undefined;
    return { ...common, result: "done", versions: [], pruned: [repair.entry] };
  }
  const { kind, unsettled: _, ...progress } = repair;
  if (decision === "abandon") {
    return { ...common, result: "abandoned", versions: [progress.version] };
  }
  if (kind === "migration") return undefined;
  const statementsDone = progress.statementsDone + (decision === "done" ? 1 : 0);
  return { ...common, result: "partial", versions: [], progress: { ...progress, statementsDone } };
}

/** What was kept of records that are still where they were. */
function dropped(repair: Repair): readonly string[] {
  return repair.kind === "keeping" ? [`{ ${dropEntry(repair.entry)} }`] : [];
}
