import type { QuarantineEntry } from "@surql/history";
import type { RollbackIssue, RollbackSafety } from "@surql/safety-analyzer";
import type { BatchOptions } from "../batches/keep-in-batches.ts";
import type { RunOptions } from "../options.ts";
import type { JudgeOptions } from "../plan/judge-migrations.ts";
import type { RestoreChoice } from "../restore/restore-on-apply.ts";
import type { RestoredData } from "../restore/restored-data.ts";
import type { OutOfOrder, OutOfOrderRule } from "./find-out-of-order.ts";
import type { PlannedApply } from "./planned-apply.ts";
import type { Selection } from "./select-pending.ts";

/** What `applyMigrations` can be told. */
export interface ApplyOptions
  extends RunOptions, Selection, JudgeOptions, Pick<BatchOptions, "batchSize"> {
  /** Only say what would be done, and what it would cost. Nothing is written. */
  readonly dryRun?: boolean | undefined;
  /** In a dry run, so many records of a larger table are looked at: then numbers are estimates; 100,000 unless told. */
  readonly rowBudget?: number | undefined;
  /** Store a snapshot with each migration; by default what `enableAutoSnapshots` set for this connection. */
  readonly autoSnapshot?: boolean | undefined;
  /**
   * With a snapshot, a migration is rehearsed before, and committed only when the schema becomes what the rehearsal gave.
   * With this it is not: for migrations that depend on records, which a rehearsal does not have.
   */
  readonly acceptDifference?: boolean | undefined;
  /** What becomes of a migration that comes before one that is applied and does not build on it; `warn` unless told. */
  readonly outOfOrder?: OutOfOrderRule | undefined;
  /** Whether what the last rollback of these migrations kept comes back with them, and how; not unless told. */
  readonly restore?: RestoreChoice | undefined;
  /** More records than this that a migration gets back come in batches after it; 100,000 unless told. */
  readonly batchAbove?: number | undefined;
}

/** What came of `applyMigrations`. */
export interface ApplyResult {
  /** The versions that were applied, in order. */
  readonly applied: readonly string[];
  /** The versions that a snapshot was stored for. */
  readonly snapshots: readonly string[];
  /** What was to be done, or would be in a dry run. */
  readonly planned: readonly PlannedApply[];
  /** Which of them come before others that are applied; left out where none does. */
  readonly outOfOrder?: readonly OutOfOrder[] | undefined;
  /** What it would cost, with counts: only in a dry run. What is lost going forward, no rollback brings back. */
  readonly issues?: readonly RollbackIssue[] | undefined;
  /** The worst level of the issues: only in a dry run. */
  readonly overallSafety?: RollbackSafety | undefined;
  /** What came back with them. */
  readonly restored: readonly RestoredData[];
  /** What is kept of them, and did not come back: `restoreQuarantined` gives it. */
  readonly kept: readonly QuarantineEntry[];
  /** Milliseconds, all in all. */
  readonly durationMs: number;
}
