import type { DatabaseTarget } from "@surql/connection";
import type { AppliedMigration, HalfApplied, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  approvedLosses,
  type Assumption,
  type RehearsalReport,
  type RehearsedOutcome,
  type SafetyVerdict,
} from "@surql/safety-analyzer";
import type { Schema } from "@surql/snapshot";
import type { FoundDrift } from "../drift/drift-of-now.ts";
import { driftNotes, plannedDrift } from "../drift/planned-drift.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { keepNotes } from "../quarantine/keep-notes.ts";
import type { PlannedKeep } from "../quarantine/planned-keep.ts";
import { sayKept } from "../quarantine/say-kept.ts";
import { groundObjects, groundRows, type PlanGround } from "./plan-ground.ts";
import { hashOfPlan } from "./plan-hash.ts";
import { plannedOutcome, type PlannedOutcome } from "./plan-outcome.ts";
import { pathNotes } from "./path-notes.ts";
import { plannedMigration } from "./planned-migration.ts";
import { plannedObject } from "./planned-object.ts";
import { plannedTransactions } from "./planned-transactions.ts";
import type { Rehearsal } from "../rehearsal/rehearsal.ts";
import { rehearsalNotes } from "../rehearsal/rehearsal-notes.ts";
import { doneOf, downScripts, halfApplied, notesOnHalf } from "../half/down-scripts.ts";
import { layOut } from "../run/lay-out.ts";
import { placeOf } from "../run/plan-transactions.ts";
import {
  compareWithSnapshot,
  snapshotNotes,
  type TargetSnapshot,
} from "../verification/compare-with-snapshot.ts";
import type { FoundSnapshot } from "../verification/read-target-snapshot.ts";
import type { PartOutcomes } from "../verification/rehearse-parts.ts";
import { verificationNotes } from "../verification/verification-notes.ts";
import type { PlannedMigration, RollbackPlan } from "./rollback-plan.ts";

/** What of a verdict goes into a plan. */
export type Verdict = Pick<SafetyVerdict, "issues" | "overallSafety" | "requiresApproval"> & {
  readonly assumptions?: readonly Assumption[] | undefined;
  readonly rehearsal?: RehearsalReport | undefined;
  readonly outcome?: RehearsedOutcome | undefined;
};

/** What a plan is made from. */
export interface PlanParts {
  readonly target: DatabaseTarget;
  readonly ledger: readonly AppliedMigration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
  /** Of those that are not applied as a whole: what undoes the half. */
  readonly halves?: ReadonlyMap<string, HalfApplied> | undefined;
  /** The versions whose way back is computed from snapshots. */
  readonly computed?: ReadonlyMap<string, unknown> | undefined;
  readonly toVersion: string;
  /** The version whose branch alone goes. */
  readonly branch?: string | undefined;
  /** What stays was tried by itself, and rests on nothing that goes. */
  readonly isIndependent?: boolean | undefined;
  /** Newest first. */
  readonly down: readonly Migration[];
  readonly staying: readonly string[];
  readonly verdict: Verdict;
  /** The schema before the plan. */
  readonly schema: Schema;
  /** The stored snapshot of the target. */
  readonly found?: FoundSnapshot | undefined;
  /** What of the schema is not as the stored snapshot of the current version has it. */
  readonly drifted?: FoundDrift | undefined;
  /** When it is made, by the database's clock: ISO 8601, UTC. */
  readonly now: string;
  /** Milliseconds. */
  readonly lifetimeMs?: number | undefined;
  readonly toolVersion?: string | undefined;
  readonly rowBudget?: number | undefined;
  readonly preservation?: PlannedPreservation | undefined;
  readonly rehearsal?: Rehearsal | undefined;
  /** What each of several transactions makes of the schema. */
  readonly partOutcomes?: PartOutcomes | undefined;
}

/** What a plan keeps, and for how many milliseconds; `null` for good. */
export interface PlannedPreservation {
  readonly preserve: readonly PlannedKeep[];
  readonly keepForMs: number | null;
}

const defaultLifetimeMs = 7 * 24 * 3_600_000;

/** Puts a plan together. Pure. */
export function assemblePlan(made: PlanParts): RollbackPlan {
  const { ledger, unfinished, down } = made;
  const { overallSafety, requiresApproval } = made.verdict;
  const { preservation } = made;
  const issues = sayKept(made.verdict.issues, preservation?.preserve ?? []);
  const { rehearsal: schemaRehearsal } = made.verdict;
  // What is kept is not lost, however much it is.
  const losses = approvedLosses(preservation === undefined ? issues : []);
  const assumptions = [...(made.verdict.assumptions ?? []), ...losses.assumptions];
  const scripts = downScripts(made);
  const parts = layOut(scripts, "down", placeOf(made.target));
  const migrations = down.map((migration, position) => ({
    ...plannedMigration(migration, scripts[position], made.computed?.has(migration.version)),
    statementsDone: doneOf(migration, unfinished),
    ...halfApplied(migration, made.halves),
  }));
  const { namespace, database, engineVersion } = made.target;
  const { toolVersion, rehearsal, rowBudget } = made;
  const outcome = made.verdict.outcome && plannedOutcome(made.verdict.outcome, made.schema);
  const ground = groundOf(made, migrations, outcome);
  const statements = migrations.flatMap((one) => one.statements);
  const snapshot = comparedSnapshot(made, statements, outcome);
  const drift = plannedDrift(made.drifted, statements, outcome);
  const transactions = plannedTransactions(parts, scripts, made.partOutcomes);
  const plan = {
    format: 1 as const,
    fromVersion: ledger.at(-1)?.version ?? "base",
    toVersion: made.toVersion,
    ...(made.branch !== undefined && { branch: made.branch }),
    migrations,
    migrationCount: down.length,
    overallSafety,
    isSafe: overallSafety === "safe",
    hasDataLoss: overallSafety !== "safe",
    requiresApproval,
    issues,
    assumptions,
    estimatedDurationMs: estimate(ledger, down),
    transactions,
    notes: [
      ...pathNotes(parts, made),
      ...down.flatMap((migration) => notesOnHalf(migration, made.halves?.get(migration.version))),
      ...(preservation === undefined
        ? []
        : keepNotes(preservation.preserve, preservation.keepForMs)),
      ...(schemaRehearsal === undefined ? [] : rehearsalNotes(schemaRehearsal)),
      ...losses.uncounted.map(
        (path) => `Not counted again before it is lost, as it is too large: ${path}.`,
      ),
      ...driftNotes(drift),
      ...(made.drifted !== undefined && "note" in made.drifted ? [made.drifted.note] : []),
      ...snapshotNotes(snapshot),
      ...(made.found?.note === undefined ? [] : [made.found.note]),
      ...verificationNotes({ outcome, migrations, ground, transactions, engineVersion }),
    ],
    ...preservation,
    createdAt: made.now,
    expiresAt: expiryOf(made),
    target: { namespace, database },
    ...(toolVersion !== undefined && { toolVersion }),
    engineVersion,
    ground,
    ...(outcome !== undefined && { outcome }),
    ...(snapshot !== undefined && { snapshot }),
    ...(drift !== undefined && { drift }),
    ...(rowBudget !== undefined && { rowBudget }),
    ...(schemaRehearsal !== undefined && { schemaRehearsal }),
    ...(rehearsal !== undefined && { rehearsal }),
  };
  const complete = { ...plan, fingerprint: fingerprintOf(plan) };
  return { ...complete, hash: hashOfPlan(complete) };
}

function comparedSnapshot(
  { found, schema }: PlanParts,
  statements: readonly string[],
  outcome: PlannedOutcome | undefined,
): TargetSnapshot | undefined {
  if (found?.snapshot === undefined || outcome === undefined) return undefined;
  return compareWithSnapshot(found.snapshot, statements, schema, outcome);
}

function expiryOf({ now, lifetimeMs = defaultLifetimeMs }: PlanParts): string {
  return new Date(Date.parse(now) + lifetimeMs).toISOString();
}

function groundOf(
  { ledger, down, schema, toVersion }: PlanParts,
  migrations: readonly PlannedMigration[],
  outcome: PlannedOutcome | undefined,
): PlanGround {
  const goes = new Set(down.map(({ version }) => version));
  const stays = new Set([toVersion, ...down.flatMap(({ parents }) => parents)]);
  return {
    objects: groundObjects(migrations, schema, outcome?.objects ?? []).map(plannedObject),
    history: groundRows(ledger, goes, stays),
    applied: ledger.map(({ version }) => version),
  };
}

function estimate(ledger: readonly AppliedMigration[], down: readonly Migration[]): number | null {
  const took = new Map(ledger.map((row) => [row.version, row.executionTimeMs]));
  let total = 0;
  for (const { version } of down) {
    const time = took.get(version);
    if (time === undefined) return null;
    total += time;
  }
  return total;
}
