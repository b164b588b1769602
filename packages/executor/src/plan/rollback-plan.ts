import type { PlannedDrift } from "../drift/planned-drift.ts";
import type { HalfApplied } from "@surql/history";
import type { PlanGround } from "./plan-ground.ts";
import type { PlannedObject } from "./planned-object.ts";
import type { PlannedOutcome } from "./plan-outcome.ts";
import type { PlannedKeep } from "../quarantine/planned-keep.ts";
import type { TargetSnapshot } from "../verification/compare-with-snapshot.ts";
import type { Rehearsal } from "../rehearsal/rehearsal.ts";
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
  /** SHA-256 (hexadecimal) of each statement, by which one whose secrets were taken out is found again. */
  readonly statementHashes: readonly string[];
  /** The line in the file on which each statement begins, from 1. */
  readonly lines: readonly number[];
  readonly file: string;
  /** Checksum of the file that the statements are from. */
  readonly checksum: string;
  readonly transaction: "required" | "none";
  /** Why it cannot be rolled back; `undefined` when it can. */
  readonly irreversible?: string | undefined;
  /** Set where its statements are not its author's, but computed from stored snapshots. */
  readonly computed?: boolean | undefined;
  /** Statements that an interrupted rollback has done already; they are not in `statements`. */
  readonly statementsDone: number;
  /** Set where it is not applied but half-way: how far it came, and what of its down script is not run therefore. */
  readonly halfApplied?: HalfApplied | undefined;
}

/** Something of a plan that is committed at once. */
export interface PlannedTransaction {
  /** `false`: each statement is committed by itself (`transaction: none`). */
  readonly transactional: boolean;
  /** Why a boundary is needed after it; `undefined` for the last one. */
  readonly boundary?: string | undefined;
  /** The statements in it, by migration version and position in that migration's `statements`. */
  readonly statements: readonly { readonly migration: string; readonly index: number }[];
  /** Of several: the objects that it changes, as they are behind it. Left out where the rehearsal does not show it. */
  readonly makes?: readonly PlannedObject[] | undefined;
}

/** What a rollback would do, and what it would cost. A plain value; nothing is written by making one. */
export interface RollbackPlan {
  /** Format of this value, 1. */
  readonly format: 1;
  /** The version applied last; `base` when nothing is. */
  readonly fromVersion: string;
  /** The version to go back to, or `base`. */
  readonly toVersion: string;
  /** The version whose branch alone goes; left out where everything above the target goes. */
  readonly branch?: string | undefined;
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
  /** ISO 8601, UTC, by the database's clock. */
  readonly createdAt: string;
  /** From then on it is refused. */
  readonly expiresAt: string;
  /** The database that it is for. */
  readonly target: Readonly<Record<"namespace" | "database", string>>;
  /** Version of the program that made it. */
  readonly toolVersion?: string | undefined;
  /** Version of the engine of that database. */
  readonly engineVersion: string;
  /** What it rests on: when something of it is not as it was, the plan is refused. */
  readonly ground: PlanGround;
  /** What it makes of the schema; left out where that was not rehearsed. */
  readonly outcome?: PlannedOutcome | undefined;
  /** How it compares with the stored snapshot of its target; left out where there is none. */
  readonly snapshot?: TargetSnapshot | undefined;
  /** How the database differs from the stored snapshot of the version that it starts from; left out where there is none to go by. */
  readonly drift?: PlannedDrift | undefined;
  /** SHA-256 (hexadecimal) over what it rests on and what it runs: equal for plans that would do the same to the same. */
  readonly fingerprint: string;
  /** SHA-256 (hexadecimal) over the canonical JSON of all the rest: a plan that was edited has another. */
  readonly hash: string;
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
