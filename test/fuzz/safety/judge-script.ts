import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { analyzeSteps } from "@surql/safety-analyzer";
import type { AnalysisOptions, PlanStep, SafetyVerdict } from "@surql/safety-analyzer";
import { splitStatements } from "@surql/surrealql";
import { findLosses } from "./find-losses.ts";
import { mayNeverEnd } from "./may-never-end.ts";
import { observe } from "./observe.ts";
import { readContents } from "./read-contents.ts";
import { wrongNumbers } from "./wrong-numbers.ts";

/** A database, and what runs on it. */
export interface SafetyCase {
  /** The statements that make it. */
  readonly database: readonly string[];
  /** One script for each migration, in the order in which they run. */
  readonly downs: readonly string[];
}

/** How the engine says no. */
const refusals: ReadonlySet<string> = new Set([
  "CONNECTION.QUERY_FAILED",
  "CONNECTION.INVALID_STATEMENT",
]);

/** What came of a script, and what the verdict got wrong. */
export interface Outcome {
  readonly kind: "flagged" | "failed" | "ran";
  /** Where the verdict was `safe`: what is lost. Else the wrong numbers. */
  readonly faults: readonly string[];
}

/**
 * Asks for the verdict on one database and runs the scripts on another one, in one transaction.
 *
 * @throws When the engine cannot be asked.
 */
export async function judgeScript(
  { database, downs }: SafetyCase,
  options?: AnalysisOptions,
): Promise<Outcome> {
  const kills = mayNeverEnd({ database, downs });
  if (kills === "database") return { kind: "flagged", faults: [] };
  const steps = stepsOf(downs);
  const statements = steps.flatMap((step) => step.statements);
  const { issues, overallSafety } = await verdictOn(database, steps, options);
  const isSafe = overallSafety === "safe";
  if (kills !== undefined) return { kind: "flagged", faults: [] };
  // Of several issues, one may change what another one counts.
  if (!isSafe && statements.length > 1 && issues.length > 1) return { kind: "flagged", faults: [] };

  await using copy = await makeDatabase(database);
  const run = (): Promise<boolean> =>
    succeeds(copy.transact(statements.map(({ text }) => ({ text }))));
  if (!isSafe) {
    const before = await readContents(copy);
    const faults = (await run()) ? wrongNumbers(issues, before, await readContents(copy)) : [];
    return { kind: "flagged", faults };
  }
  const before = await observe(copy);
  if (!(await run())) return { kind: "failed", faults: [] };
  return { kind: "ran", faults: findLosses(before, await observe(copy, before)) };
}

/** The scripts as the steps of a plan, newest first. */
export function stepsOf(downs: readonly string[]): readonly PlanStep[] {
  return downs.map((down, at) => ({
    migration: String(downs.length - at),
    statements: splitStatements(down),
  }));
}

/** By reading and counting, which has to hold without a rehearsal. */
async function verdictOn(
  database: readonly string[],
  steps: readonly PlanStep[],
  options?: AnalysisOptions,
): Promise<SafetyVerdict> {
  await using live = await makeDatabase(database);
  return await analyzeSteps(live, steps, options);
}

/** A database of its own, made by statements of which some may fail. */
export async function makeDatabase(statements: readonly string[]): Promise<Database> {
  const db = await connect({ url: "mem://", namespace: "fuzz", database: "fuzz" });
  for (const statement of statements) await succeeds(db.query(statement));
  return db;
}

async function succeeds(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (isSurqlError(error) && refusals.has(error.code)) return false;
    throw error;
  }
}
