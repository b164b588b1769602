import { redactSecrets, significantTokens, type Statement, type Token } from "@surql/surrealql";
import type { ParseFailure } from "./parse-script.ts";

/** A mistake, with its place in the file. */
export interface Mistake {
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
  readonly reason: string;
}

/**
 * Where in its file a statement's mistake is, and what it is.
 *
 * @param firstLine The line of the parsed script on which the statement began. A parser that went
 *   past the statement's end missed something in it: the end of a bracket, most likely.
 */
export function locateMistake(
  statement: Statement,
  failure: ParseFailure,
  firstLine: number,
): Mistake {
  const lines = statement.text.split("\n");
  const row = failure.line - firstLine;
  const text = lines[row];
  if (text !== undefined) {
    // The engine counts columns in code points, files and editors in UTF-16 units.
    const before = Array.from(text)
      .slice(0, failure.column - 1)
      .join("");
    const offset = lines.slice(0, row).join("\n").length + (row > 0 ? 1 : 0) + before.length;
    return { ...placeInFile(statement, offset), reason: redactSecrets(failure.reason) };
  }
  const open = openBracket(statement.text);
  if (open === undefined) {
    return {
      ...placeInFile(statement, statement.text.length),
      reason: "The statement is not complete",
    };
  }
  return { ...placeInFile(statement, open.start), reason: `\`${open.text}\` is never closed` };
}

function placeInFile(
  { text, line, column }: Statement,
  offset: number,
): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  const last = before.at(-1)!.length;
  return before.length === 1
    ? { line, column: column + last }
    : { line: line + before.length - 1, column: last + 1 };
}

/** The innermost bracket that is still open where a text ends. */
function openBracket(text: string): Token | undefined {
  const open: Token[] = [];
  for (const token of significantTokens(text)) {
    if (/^[([{]$/.test(token.text)) open.push(token);
    else if (/^[)\]}]$/.test(token.text)) open.pop();
  }
  return open.at(-1);
}
