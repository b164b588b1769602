import type { DatabaseTarget } from "@surql/connection";
import type { AppliedMigration, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import type { Assumption, RehearsalReport, SafetyVerdict } from "@surql/safety-analyzer";
import { unfinishedOtherWay } from "./errors.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { keepNotes } from "./quarantine/keep-notes.ts";
import type { PlannedKeep } from "./quarantine/planned-keep.ts";
import { sayKept } from "./quarantine/say-kept.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { rehearsalNotes } from "./rehearsal-notes.ts";
import { layOut, prepareScript, type Part, type PreparedScript } from "./lay-out.ts";
import type { PlannedMigration, PlannedTransaction, RollbackPlan } from "./rollback-plan.ts";

/** What of a verdict goes into a plan. */
export type Verdict = Pick<SafetyVerdict, "issues" | "overallSafety" | "requiresApproval"> & {
  readonly assumptions?: readonly Assumption[] | undefined;
  readonly rehearsal?: RehearsalReport | undefined;
};

/** What a plan is made from. */
export interface PlanParts {
  readonly target: DatabaseTarget;
  readonly ledger: readonly AppliedMigration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
  readonly toVersion: string;
  /** Newest first. */
  readonly down: readonly Migration[];
  readonly staying: readonly string[];
  readonly verdict: Verdict;
  readonly rowBudget?: number | undefined;
  readonly preservation?: PlannedPreservation | undefined;
  readonly rehearsal?: Rehearsal | undefined;
}

/** What a plan keeps, and for how many milliseconds; `null` for good. */
export interface PlannedPreservation {
  readonly preserve: readonly PlannedKeep[];
  readonly keepForMs: number | null;
}

/** Puts a plan together. Pure. @throws `EXECUTOR.UNFINISHED_MIGRATION` */
export function assemblePlan(made: PlanParts): RollbackPlan {
  const { ledger, unfinished, down } = made;
  const { overallSafety, requiresApproval, assumptions = [] } = made.verdict;
  const { preservation } = made;
  const issues = sayKept(made.verdict.issues, preservation?.preserve ?? []);
  const { rehearsal: schemaRehearsal } = made.verdict;
  const scripts = down.map((migration) => {
    const progress = unfinished.get(migration.version);
    if (progress?.direction === "up") throw unfinishedOtherWay(migration.version, "up");
    return prepareScript(migration, "down", progress?.statementsDone ?? 0);
  });
  const parts = layOut(scripts, "down");
  const plan = {
    fromVersion: ledger.at(-1)?.version ?? "base",
    toVersion: made.toVersion,
    migrations: down.map((migration, position) => ({
      ...describe(migration, scripts[position]),
      statementsDone: unfinished.get(migration.version)?.statementsDone ?? 0,
    })),
    migrationCount: down.length,
    overallSafety,
    isSafe: overallSafety === "safe",
    hasDataLoss: overallSafety !== "safe",
    requiresApproval,
    issues,
    assumptions,
    estimatedDurationMs: estimate(ledger, down),
    transactions: parts.map((part) => describeTransaction(part, scripts)),
    notes: [
      ...notesOf(parts, made.staying),
      ...(preservation === undefined ? [] : notesOnKeeping(preservation, down)),
      ...(schemaRehearsal === undefined ? [] : rehearsalNotes(schemaRehearsal)),
    ],
    ...preservation,
    ...(schemaRehearsal !== undefined && { schemaRehearsal }),
  };
  const { rehearsal, rowBudget } = made;
  const fingerprint = fingerprintOf(made.target, ledger, plan);
  return {
    ...plan,
    fingerprint,
    ...(rowBudget !== undefined && { rowBudget }),
    ...(rehearsal !== undefined && { rehearsal }),
  };
}

function notesOnKeeping(
  { preserve, keepForMs }: PlannedPreservation,
  down: readonly Migration[],
): readonly string[] {
  const alone = down.filter((one) => one.transaction === "none" && one.down.length > 0);
  return keepNotes(
    preserve,
    keepForMs,
    alone.map(({ version }) => version),
  );
}

function describe(
  migration: Migration,
  script: PreparedScript | undefined,
): Omit<PlannedMigration, "statementsDone"> {
  const statements = script?.statements ?? [];
  return {
    version: migration.version,
    description: migration.description,
    statements: statements.map(({ text }) => text),
    lines: statements.map(({ line }) => line),
    file: migration.path,
    checksum: migration.checksum,
    transaction: migration.transaction,
    irreversible: irreversibility(migration),
  };
}

function irreversibility({ down, irreversible }: Migration): string | undefined {
  return irreversible ?? (down.length === 0 ? "Its down section is missing or empty." : undefined);
}

function describeTransaction(part: Part, scripts: readonly PreparedScript[]): PlannedTransaction {
  const skipped = new Map(scripts.map((one) => [one.version, one.statements[0]?.index ?? 0]));
  return {
    transactional: part.transactional,
    boundary: part.boundary,
    statements: part.statements.map(({ migration, index }) => ({
      migration,
      index: index - (skipped.get(migration) ?? 0),
    })),
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

function notesOf(parts: readonly Part[], staying: readonly string[]): readonly string[] {
  const boundaries = parts.flatMap(({ boundary }) => boundary ?? []);
  const split = [
    `Runs in ${parts.length} transactions, not one; if a later one fails, the earlier ones stay committed and the same command goes on from there.`,
    ...boundaries.map((boundary) => `Split because ${boundary}.`),
  ];
  const stay = `Stays, because it does not descend from the target: ${staying.join(", ")}.`;
  return [...(boundaries.length > 0 ? split : []), ...(staying.length > 0 ? [stay] : [])];
}
