import { readStatement } from "./read-statement.ts";
import type { StatementReading } from "./reading.ts";
import type { Statement } from "./statement.ts";

/** A statement never changes, and several steps of a run read it. */
const known = new WeakMap<Statement, StatementReading>();

/**
 * {@link readStatement} of a statement of a script. It is read once, however often it is asked for.
 *
 * @example
 * ```ts
 * const [first] = splitStatements("REMOVE TABLE user;");
 * first && readingOf(first).touches; // [{ effect: "remove", … }]
 * ```
 */
export function readingOf(statement: Statement): StatementReading {
  const found = known.get(statement) ?? readStatement(statement.text);
  known.set(statement, found);
  return found;
}
