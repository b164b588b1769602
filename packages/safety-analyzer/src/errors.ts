import { SurqlError } from "@surql/errors";
import type { PolicyProblem } from "./check-policies.ts";
import type { InvalidStatement } from "./check-syntax.ts";
import type { ForbiddenStatement } from "./find-forbidden.ts";

/** `SAFETY.FORBIDDEN_STATEMENT`: scripts hold statements that surql never runs. */
export function forbiddenStatement(
  first: ForbiddenStatement,
  all: readonly ForbiddenStatement[],
): SurqlError {
  return new SurqlError({
    code: "SAFETY.FORBIDDEN_STATEMENT",
    category: "usage",
    message: `${place(first)}: ${first.what} is not allowed in a migration${others(all.length)}.`,
    why: first.why,
    nextActions: [...new Set(all.map((found) => found.instead))],
    meta: { migration: first.migration, line: first.line, statement: first.statement, found: all },
  });
}

/** `SAFETY.INVALID_STATEMENT`: the engine cannot parse statements of the scripts. */
export function invalidStatement(
  first: InvalidStatement,
  all: readonly InvalidStatement[],
): SurqlError {
  return new SurqlError({
    code: "SAFETY.INVALID_STATEMENT",
    category: "usage",
    message: `${place(first)}, column ${first.column}: ${first.reason}${others(all.length)}.`,
    why: "The database's own parser refuses the statement.",
    nextActions: ["Correct the statement. Nothing was run."],
    meta: {
      migration: first.migration,
      line: first.line,
      column: first.column,
      statement: first.statement,
      reason: first.reason,
      found: all,
    },
  });
}

/** `SAFETY.INVALID_POLICY`: policies say what cannot be. */
export function invalidPolicies(problems: readonly PolicyProblem[]): SurqlError {
  const said = problems.map(({ path, problem }) => `${path} ${problem}`);
  return new SurqlError({
    code: "SAFETY.INVALID_POLICY",
    category: "usage",
    message: `The policies are not valid: ${said.join("; ")}.`,
    nextActions: ["Correct them. Nothing was judged."],
    meta: { problems },
  });
}

/** `SAFETY.INVALID_ROW_BUDGET`: so many records cannot be looked at. */
export function invalidRowBudget(rowBudget: number): SurqlError {
  return new SurqlError({
    code: "SAFETY.INVALID_ROW_BUDGET",
    category: "usage",
    message: `${rowBudget} is not a number of records to look at.`,
    nextActions: ["Give a whole number of at least 1. Nothing was judged."],
    meta: { rowBudget },
  });
}

function place({ migration, line }: { migration: string; line: number }): string {
  return `Migration ${migration}, line ${line}`;
}

function others(count: number): string {
  return count > 1 ? ` (and ${count - 1} more)` : "";
}
