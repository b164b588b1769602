import type { Database } from "@surql/connection";
import { serverReason } from "@surql/errors";

/** Where the engine's parser stopped, and why. */
export interface ParseFailure {
  /** Line of the script, from 1. */
  readonly line: number;
  /** Column in that line in code points, from 1. */
  readonly column: number;
  readonly reason: string;
}

/**
 * Asks the engine whether a script parses. Nothing of it is run, whatever it holds.
 *
 * The engine parses a text as a whole before it runs its first statement, so a text that ends in a
 * mistake is never run. The guard behind the script is such a mistake in every context: after a
 * complete script the parser stops at its `}`; where a block is still open, `}` closes it and the
 * parser stops at `§`, which is no token; an open string, name, comment or regular expression
 * reaches to the end of the text, where it is missing its own end. So the script parses exactly
 * when the parser stops at `}`. Measured on SurrealDB 3.0.2.
 */
export async function parseScript(db: Database, script: string): Promise<ParseFailure | undefined> {
  const guardLine = script.split("\n").length + 2;
  try {
    await db.query(`${script}\n;\n}\n§`);
  } catch (error) {
    const failure = readFailure(error);
    return failure.line === guardLine && failure.column === 1 ? undefined : failure;
  }
  throw new Error("The engine accepted a text that cannot be parsed.");
}

/** Reads the parser's message; what is no such message is thrown on. */
function readFailure(error: unknown): ParseFailure {
  const match = /Parse error: ([^]*?)\s*-->\s*\[(\d+):(\d+)\]/.exec(serverReason(error));
  if (match === null) throw error;
  return { reason: match[1]!, line: Number(match[2]), column: Number(match[3]) };
}
