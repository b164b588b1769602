import type { Database } from "@surql/connection";
import { readCommit, type Lease } from "@surql/history";
import { commitLost } from "./lock-errors.ts";

/** What a run has committed, as the database says. */
export interface Commits {
  /** The ids of the events that were written with it. */
  readonly events: string[];
  /** The versions that are applied after the last commit; `undefined` before the first. */
  ledger: readonly string[] | undefined;
}

/**
 * Reads back what a run has committed. The stores surrealkv and mem miss conflicts (docs/engine.md): there, that a commit
 * succeeded is a claim, and the rows are the proof. Within a run each transaction finds out whether the one before is
 * there; this is for the last one, and costs a run one look. What is applied is compared while the lock is held: the next
 * runner may have taken it over, and gone on.
 *
 * @throws `EXECUTOR.COMMIT_LOST`, `CONNECTION.*`.
 */
export async function confirmCommits(
  db: Database,
  lease: Lease,
  { events, ledger }: Commits,
): Promise<void> {
  const last = events.at(-1);
  if (last === undefined) return;
  const { event, applied, held } = await readCommit(db, last, lease);
  if (!event || (held && ledger !== undefined && applied !== ledger.length)) throw commitLost();
}
