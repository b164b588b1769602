import { connect } from "@surql/connection";
import type { Database } from "@surql/connection";
import { isSurqlError } from "@surql/errors";
import { analyzeSteps } from "@surql/safety-analyzer";
import type { AnalysisOptions } from "@surql/safety-analyzer";
import { splitStatements } from "@surql/surrealql";
import { findLosses } from "./find-losses.ts";
import { observe } from "./observe.ts";

/** A database, and what runs on it. */
export interface SafetyCase {
  /** The statements that make it. */
  readonly database: readonly string[];
  readonly down: string;
}

/** How the engine says no. */
const refusals: ReadonlySet<string> = new Set([
  "CONNECTION.QUERY_FAILED",
  "CONNECTION.INVALID_STATEMENT",
]);

/** What came of a script. Losses are only looked for where the verdict was `safe`. */
export type Outcome =
  | { readonly kind: "flagged" | "failed" }
  | { readonly kind: "ran"; readonly losses: readonly string[] };

/**
 * Asks for the verdict on one database and runs the script on another one, in one transaction.
 *
 * @throws When the engine cannot be asked.
 */
export async function judgeScript(
  { database, down }: SafetyCase,
  options?: AnalysisOptions,
): Promise<Outcome> {
  const statements = splitStatements(down);
  {
    await using live = await makeDatabase(database);
    const { overallSafety } = await analyzeSteps(live, [{ migration: "1", statements }], options);
    if (overallSafety !== "safe") return { kind: "flagged" };
  }
  await using copy = await makeDatabase(database);
  const before = await observe(copy);
  if (!(await succeeds(copy.transact(statements.map(({ text }) => ({ text })))))) {
    return { kind: "failed" };
  }
  return { kind: "ran", losses: findLosses(before, await observe(copy)) };
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
