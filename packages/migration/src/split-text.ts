import { splitStatements, tokenize } from "@surql/surrealql";
import type { Statement } from "@surql/surrealql";
import type { MigrationProblem } from "./migration-problem.ts";
import { positionAt } from "./position.ts";
import { invalidModule, invalidStatement } from "./problems.ts";
import { unendedToken } from "./unended-token.ts";

/** The statements of a text that code handed over, and what is wrong with it. */
export interface SplitText {
  readonly statements: readonly Statement[];
  readonly problems: readonly MigrationProblem[];
}

/** Splits a text; line and column of its statements count in it. `part` names it in problems: `up()[0]`. */
export function splitText(path: string, part: string, text: unknown): SplitText {
  if (typeof text !== "string") {
    return { statements: [], problems: [invalidModule(path, part, "is not a string")] };
  }
  const unended = unendedToken(tokenize(text));
  if (unended === undefined) return { statements: splitStatements(text), problems: [] };
  const problem = invalidStatement(path, unended.fault, positionAt(text, unended.start), part);
  return { statements: [], problems: [problem] };
}
