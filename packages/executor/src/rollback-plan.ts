import type { PlannedKeep } from "./quarantine/planned-keep.ts";
import type { Rehearsal } from "./rehearsal.ts";
import type {
  Assumption,
  RehearsalReport,
  RollbackIssue,
  RollbackSafety,
} from "@surql/safety-analyzer";

/** One migration of a {@link RollbackPlan}, with what will run for it. */
export interface PlannedMigration {
  readonly version: string;
  readonly description: string;
  /** The down statements, frozen: exactly these run, in this order. */
  readonly statements: readonly string[];
  /** The line in the file on which each statement begins, from 1. */
  readonly lines: readonly number[];
  readonly file: string;
  /** Checksum of the file that the statements are from. */
  readonly checksum: string;
  readonly transaction: "required" | "none";
  /** Why it cannot be rolled back; `undefined` when it can. */
  readonly irreversible?: string | undefined;
  /** Statements that an interrupted rollback has done already; they are not in `statements`. */
  readonly statementsDone: number;
}

/** Something of a plan that is committed at once. */
export interface PlannedTransaction {
  /** `false`: each statement is committed by itself (`transaction: none`). */
  readonly transactional: boolean;
  /** Why a boundary is needed after it; `undefined` for the last one. */
  readonly boundary?: string | undefined;
  /** The statements in it, by migration version and position in that migration's `statements`. */
  readonly statements: readonly { readonly migration: string; readonly index: number }[];
}

/** What a rollback would do, and what it would cost. A plain value; nothing is written by making one. */
export interface RollbackPlan {
  /** The version applied last; `base` when nothing is. */
  readonly fromVersion: string;
  /** The version to go back to, or `base`. */
  readonly toVersion: string;
  /** Newest first: the order in which they are rolled back. */
  readonly migrations: readonly PlannedMigration[];
  readonly migrationCount: number;
  readonly overallSafety: RollbackSafety;
  readonly isSafe: boolean;
  readonly hasDataLoss: boolean;
  readonly requiresApproval: boolean;
  readonly issues: readonly RollbackIssue[];
  /** What makes it no worse than it is: checked again in the transaction, and the plan is stale when it is not so. */
  readonly assumptions: readonly Assumption[];
  /** Milliseconds that applying them took, the best guess there is; `null` when that was not recorded. */
  readonly estimatedDurationMs: number | null;
  /** SHA-256 over what the plan rests on: ledger, statements, verdict. A plan whose ground moved is refused. */
  readonly fingerprint: string;
  /** Usually one. More only where the engine cannot do it right in one (docs/engine.md). */
  readonly transactions: readonly PlannedTransaction[];
  /** What a reader must know before approving: splits, branches that stay. */
  readonly notes: readonly string[];
  /** What is kept of what it takes, in the order of keeping; left out when nothing is to be kept. */
  readonly preserve?: readonly PlannedKeep[] | undefined;
  /** For how many milliseconds, by the database's clock; `null` for good. There with `preserve`. */
  readonly keepForMs?: number | null | undefined;
  /** Of tables with more records than this, only so many were looked at; left out when that was not told. */
  readonly rowBudget?: number | undefined;
  /** How what the plan does to the schema was found out; left out when that was not wanted. */
  readonly schemaRehearsal?: RehearsalReport | undefined;
  /** What came of running it in a transaction that was cancelled; left out when it was not rehearsed. */
  readonly rehearsal?: Rehearsal | undefined;
}
