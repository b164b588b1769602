import type { MigrationFailure } from "../run/migration-failure.ts";
import type { RollbackPlan } from "../plan/rollback-plan.ts";

/** What came of a rollback. */
export interface RollbackResult {
  readonly plan: RollbackPlan;
  /** Whether everything of the plan was done. */
  readonly success: boolean;
  readonly rolledBackCount: number;
  readonly completedAll: boolean;
  /** The versions that were rolled back, newest first. */
  readonly rolledBack: readonly string[];
  /** Milliseconds. */
  readonly actualDurationMs: number;
  /** The command that undoes it; with `preserve`, it gives the data back too. */
  readonly undo?: string | undefined;
  readonly errors: readonly MigrationFailure[];
  /** A part of the plan was committed before another one failed; running it again goes on from there. */
  readonly partlyChanged: boolean;
  /** Set where it was told to stop, and did behind something that was committed. */
  readonly interrupted?: true | undefined;
}
