import type { Progress, QuarantineEntry, RestoreHalfWay, UncheckedIndex } from "@surql/history";

/** What an interruption can leave, and `repairDatabase` can put right. */
export type Repair =
  /** A statement that was begun outside of a transaction: somebody has to say whether it ran. */
  | ({ readonly kind: "statement" } & Progress)
  /** A migration that is half-way: running the same command again goes on, or it is given up. */
  | ({ readonly kind: "migration" } & Progress)
  /** An index that was touched and never checked. */
  | ({ readonly kind: "index" } & UncheckedIndex)
  /** What was kept in batches for a rollback that did not come to its transaction: the same rollback goes on, or it is dropped. */
  | ({ readonly kind: "keeping" } & BegunKeeping)
  /** What is put back in batches, half-way: the same command goes on, or it is taken out again. */
  | ({ readonly kind: "restoring" } & RestoreHalfWay);

/** How far an interrupted rollback came with keeping a table, or a field. */
interface BegunKeeping extends Pick<QuarantineEntry, "migration" | "table" | "field" | "count"> {
  /** Id of the entry in the quarantine. */
  readonly entry: string;
}

/**
 * What is decided about what is half-way.
 *
 * - `done`: the statement that was begun did run; go on behind it.
 * - `again`: it did not run; run it again.
 * - `abandon`: give it up: a migration counts as it did before, and what it did is put right by hand; what was kept in
 *   batches is dropped, as the records are still where they were; what was put back in batches is taken out again.
 * - `applied`: a migration that is half-way counts as applied as a whole: because the rest was done by hand, or so that
 *   a rollback can undo it.
 */
export type RepairDecision = "done" | "again" | "abandon" | "applied";

/** What came of a repair. */
export interface RepairResult {
  readonly repaired: readonly Repair[];
  /** What still waits for a decision, or for the command that was interrupted. */
  readonly left: readonly Repair[];
}
