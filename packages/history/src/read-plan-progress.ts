import type { Database } from "@surql/connection";
import { readEvents } from "./event.ts";
import { unfinished, type Progress } from "./unfinished.ts";

/** How far a plan came that was begun and did not come to its end. */
export interface PlanProgress {
  /** The versions that it has rolled back. */
  readonly finished: readonly string[];
  /** How far those came that it has left half-way. */
  readonly halfWay: ReadonlyMap<string, Progress>;
}

/**
 * Reads what an interrupted run of a plan has committed, by the hash of the plan.
 *
 * @returns `undefined` when it committed nothing.
 * @throws `CONNECTION.*` when the database cannot be asked.
 * @example
 * ```ts
 * await executeRollback(db, plan, { force: true });
 * (await readPlanProgress(db, plan.hash))?.finished; // ["20260109_120000"]
 * ```
 */
export async function readPlanProgress(
  db: Pick<Database, "query">,
  planHash: string,
): Promise<PlanProgress | undefined> {
  const events = await readEvents(db, "WHERE planHash = $hash", { hash: planHash });
  const progress = {
    finished: events.flatMap(({ versions }) => versions),
    halfWay: unfinished(events),
  };
  return progress.finished.length + progress.halfWay.size > 0 ? progress : undefined;
}
