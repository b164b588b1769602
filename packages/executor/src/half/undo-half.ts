import type { Database } from "@surql/connection";
import { checksumMismatch, type HalfApplied, type Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import {
  objectKey,
  rehearsedOutcome,
  rehearseSteps,
  type PlanStep,
  type RehearsedOutcome,
} from "@surql/safety-analyzer";
import { compareSchemas, emptySchema, type Schema } from "@surql/snapshot";
import { redactSecrets } from "@surql/surrealql";
import { prepareStatements, type PreparedStatement } from "../run/prepared-statement.ts";
import { halfAppliedUnproven } from "./half-applied-errors.ts";
import { isShared, splitDown } from "./split-down.ts";

/**
 * Finds which statements of a down script undo a migration that is half-way applied, and proves it: on the schema as it
 * is they run, and behind them what was applied runs once more and makes the same schema again.
 *
 * Left out is what undoes only what was never done, by what the statements say; and what removes an object that the rehearsal
 * shows is not there.
 *
 * @param schema The schema as it is.
 * @throws `EXECUTOR.HALF_APPLIED_UNPROVEN`, `HISTORY.CHECKSUM_MISMATCH` when the file is not what was applied by half.
 */
export async function undoHalf(
  db: Database,
  migration: Migration,
  { statementsDone, checksum }: Progress,
  schema: Schema,
): Promise<HalfApplied> {
  const { version } = migration;
  if (checksum !== migration.checksum) throw checksumMismatch([version]);
  const up = prepareStatements(migration, "up");
  const down = prepareStatements(migration, "down");
  const [done, rest] = [up.slice(0, statementsDone), up.slice(statementsDone)];
  const { needed, doubtful } = splitDown(done, rest, down);
  if (doubtful.length > 0) {
    throw halfAppliedUnproven(version, doubtful.map(sayDoubtful));
  }
  const isIrreversible = down.length === 0 || migration.irreversible !== undefined;
  const runs = isIrreversible ? down : await proveUndo(db, version, { done, rest, needed }, schema);
  const leftOut = down.flatMap((one, index) => (runs.includes(one) ? [] : [index]));
  return { statementsDone, statements: up.length, checksum, leftOut };
}

interface Halves extends Readonly<
  Record<"done" | "rest" | "needed", readonly PreparedStatement[]>
> {}

async function proveUndo(
  db: Database,
  version: string,
  { done, rest, needed }: Halves,
  schema: Schema,
): Promise<readonly PreparedStatement[]> {
  let runs = needed;
  for (;;) {
    const { failed, outcome, unproven } = await rehearse(db, version, [...runs, ...done], schema);
    const statement = failed === undefined ? undefined : runs[failed.position];
    if (statement !== undefined && failed !== undefined) {
      const before = await rehearse(db, version, runs.slice(0, failed.position), schema);
      if (!isShared(statement, rest) || !removesNothing(statement, before.outcome, schema)) {
        throw halfAppliedUnproven(version, [`${placeOf(statement)} fails: ${failed.reason}`]);
      }
      runs = runs.filter((one) => one !== statement);
      continue;
    }
    const reasons =
      failed === undefined
        ? [...unproven, ...outcome.changes.map(({ path }) => `${path} would not be undone.`)]
        : [
            `${placeOf(done[failed.position - runs.length]!)} could not be applied again: ${failed.reason}`,
          ];
    if (reasons.length > 0) throw halfAppliedUnproven(version, reasons);
    return runs;
  }
}

interface Rehearsed {
  readonly failed?: { readonly position: number; readonly reason: string } | undefined;
  readonly outcome: RehearsedOutcome;
  readonly unproven: readonly string[];
}

async function rehearse(
  db: Database,
  version: string,
  prepared: readonly PreparedStatement[],
  schema: Schema,
): Promise<Rehearsed> {
  const statements = prepared.map(({ text, line }) => ({ text, line, column: 1 }));
  const step: PlanStep = { migration: version, statements };
  const rehearsal = await rehearseSteps(db, [step], { schema });
  if (rehearsal.ground === "none") {
    throw halfAppliedUnproven(version, [`It cannot be rehearsed. ${rehearsal.why}`]);
  }
  const [first] = rehearsal.failures;
  return {
    failed: first && { position: statements.indexOf(first.statement), reason: first.reason },
    outcome: rehearsedOutcome(rehearsal),
    unproven: [...rehearsal.unproven].map(
      ([{ text }, why]) => `${redactSecrets(text)} cannot be rehearsed: ${why}`,
    ),
  };
}

/** Whether all that a statement does is to remove an object that is not there by then. */
function removesNothing(
  { touches }: PreparedStatement,
  { changes }: RehearsedOutcome,
  schema: Schema,
): boolean {
  const [touch, ...others] = touches;
  if (touch?.effect !== "remove" || touch.conditional === true || others.length > 0) return false;
  const key = objectKey(touch.object);
  const change = changes.find((one) => objectKey(one) === key);
  if (change !== undefined) return change.after === undefined;
  return compareSchemas(emptySchema, schema).every((one) => objectKey(one) !== key);
}

function sayDoubtful(statement: PreparedStatement): string {
  return `${placeOf(statement)} changes records of which only some were changed.`;
}

function placeOf({ text, line }: PreparedStatement): string {
  return `Line ${line}, ${redactSecrets(text)},`;
}
