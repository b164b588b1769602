import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { analyzeSteps, worstSafety } from "@surql/safety-analyzer";
import type { AnalysisOptions, SafetyVerdict } from "@surql/safety-analyzer";
import { splitStatements } from "@surql/surrealql";
import { findLosses } from "./find-losses.ts";
import { observe } from "./observe.ts";
import { readContents } from "./read-contents.ts";
import { wrongNumbers } from "./wrong-numbers.ts";

/** A database, and what runs on it. */
export interface SafetyCase {
  /** The statements that make it. */
  readonly database: readonly string[];
  /** One script for each migration, in the order in which they run. */
  readonly downs: readonly string[];
  /** Whether the plan is rehearsed too, as far as the verdict is concerned. */
  readonly rehearse?: boolean | undefined;
}

/** How the engine says no. */
const refusals: ReadonlySet<string> = new Set([
  "CONNECTION.QUERY_FAILED",
  "CONNECTION.INVALID_STATEMENT",
]);

/** What came of a script, and what the verdict got wrong. */
export interface Outcome {
  readonly kind: "flagged" | "failed" | "ran";
  /** Where the verdict was `safe`: what is lost. Where one statement was judged: the wrong numbers. */
  readonly faults: readonly string[];
}

/**
 * Asks for the verdict on one database and runs the scripts on another one, in one transaction.
 *
 * @throws When the engine cannot be asked.
 */
export async function judgeScript(one: SafetyCase, options?: AnalysisOptions): Promise<Outcome> {
  const { verdict, better } = await verdictOn(one, options);
  const { database, downs } = one;
  const statements = downs.flatMap((down) => splitStatements(down));
  const isSafe = verdict.overallSafety === "safe";
  if (!isSafe && statements.length > 1) return { kind: "flagged", faults: better };

  await using copy = await makeDatabase(database);
  const run = (): Promise<boolean> =>
    succeeds(copy.transact(statements.map(({ text }) => ({ text }))));
  if (!isSafe) {
    const before = await readContents(copy);
    if (!(await run())) return { kind: "flagged", faults: better };
    const wrong = wrongNumbers(verdict.issues, before, await readContents(copy));
    return { kind: "flagged", faults: [...better, ...wrong] };
  }
  const before = await observe(copy);
  if (!(await run())) return { kind: "failed", faults: better };
  return { kind: "ran", faults: [...better, ...findLosses(before, await observe(copy))] };
}

/** The verdict by reading and counting, which has to hold alone, and whether a rehearsal makes a better one of it. */
async function verdictOn(
  { database, downs, rehearse = false }: SafetyCase,
  options?: AnalysisOptions,
): Promise<{ readonly verdict: SafetyVerdict; readonly better: readonly string[] }> {
  await using live = await makeDatabase(database);
  const steps = downs.map((down, at) => ({
    migration: String(downs.length - at),
    statements: splitStatements(down),
  }));
  const verdict = await analyzeSteps(live, steps, options);
  if (!rehearse) return { verdict, better: [] };
  const { overallSafety } = await analyzeSteps(live, steps, { ...options, rehearse: true });
  const isBetter = worstSafety([overallSafety, verdict.overallSafety]) !== overallSafety;
  const better = isBetter ? [`${verdict.overallSafety}, and ${overallSafety} when rehearsed`] : [];
  return { verdict, better };
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
