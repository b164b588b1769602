import type { Database } from "@surql/connection";
import { redactSecrets } from "@surql/surrealql";
import { invalidStatement } from "./errors.ts";
import { joinStatements } from "./join-statements.ts";
import { locateMistake } from "./locate-mistake.ts";
import { parseScript } from "./parse-script.ts";
import type { PlanStep } from "./plan-step.ts";

/** A statement that the engine cannot parse, with its place in the migration's file. */
export interface InvalidStatement {
  readonly migration: string;
  /** Line of the error in the file, from 1. */
  readonly line: number;
  /** Column of the error in that line, in UTF-16 units, from 1. */
  readonly column: number;
  /** The statement, secrets taken out. */
  readonly statement: string;
  /** The parser's own words. */
  readonly reason: string;
}

/** A step with more mistakes than this is not looked through to its end. */
const mistakesPerStep = 20;

/**
 * Lets the engine parse scripts without running anything of them, and says what it cannot parse.
 *
 * Use the connection that the scripts are meant for: its version of the language is the one that
 * counts. Any other {@link Database} works too, of every kind and version. One round trip when all is well.
 *
 * @param db The database whose parser is asked.
 * @param steps The scripts.
 * @returns Every statement that does not parse, in order; empty when all do.
 * @throws What the connection throws when the database cannot be asked.
 * @example
 * ```ts
 * const [first] = await checkSyntax(db, [{ migration: "20260109_120000", statements: splitStatements("DEFINE FEILD a") }]);
 * first?.column; // 8
 * ```
 */
export async function checkSyntax(
  db: Database,
  steps: readonly PlanStep[],
): Promise<readonly InvalidStatement[]> {
  const all = joinStatements(steps.flatMap((step) => step.statements));
  if ((await parseScript(db, all.text)) === undefined) return [];
  const found: InvalidStatement[] = [];
  for (const step of steps) found.push(...(await checkStep(db, step)));
  return found;
}

/**
 * Throws `SAFETY.INVALID_STATEMENT` when {@link checkSyntax} finds something; `meta.found` holds all of it.
 *
 * @example
 * ```ts
 * await refuseInvalid(db, steps); // before anything is written
 * ```
 */
export async function refuseInvalid(db: Database, steps: readonly PlanStep[]): Promise<void> {
  const found = await checkSyntax(db, steps);
  if (found[0] !== undefined) throw invalidStatement(found[0], found);
}

/** The parser stops at the first mistake: that statement is taken out, and the rest parsed again. */
async function checkStep(db: Database, step: PlanStep): Promise<readonly InvalidStatement[]> {
  const found: InvalidStatement[] = [];
  let rest = step.statements;
  while (rest.length > 0 && found.length < mistakesPerStep) {
    const script = joinStatements(rest);
    const failure = await parseScript(db, script.text);
    if (failure === undefined) break;
    const index = script.statementAt(failure.line);
    const statement = rest[index]!;
    found.push({
      migration: step.migration,
      ...locateMistake(statement, failure, script.lines[index]!),
      statement: redactSecrets(statement.text),
    });
    rest = rest.toSpliced(index, 1);
  }
  return found;
}
