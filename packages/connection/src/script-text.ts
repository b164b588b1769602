import type { ScriptStatement } from "./database.ts";

/** A place in a text: line from 1, column from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Facts about a statement of a script, for an error's `meta`. */
export type StatementMeta = Readonly<Record<string, unknown>>;

/**
 * Joins a script into one text. Every statement is closed on a line of its own, so that a comment at its end
 * cannot swallow the `;`.
 */
export function joinScript(script: readonly ScriptStatement[]): string {
  return script.map(({ text }) => `${text}\n;\n`).join("");
}

/** Says which statement of a script is to blame: its index from 0, its text, and what its origin says. */
export function describeStatement(
  script: readonly ScriptStatement[],
  index: number,
): StatementMeta {
  const statement = script[index];
  return statement === undefined ? {} : { index, statement: statement.text, ...statement.origin };
}

/**
 * Finds the statement at a position of the text that {@link joinScript} made.
 *
 * @param firstLine Line of the sent text at which the script begins.
 * @param found The server's position, whose column counts code points.
 * @returns As {@link describeStatement}, with `position`: line and column in the statement, in UTF-16 units
 * from 1. Empty when the position is behind the script, as it is for a statement that is not closed.
 */
export function locateInScript(
  script: readonly ScriptStatement[],
  firstLine: number,
  found: Position,
): StatementMeta {
  let start = firstLine;
  for (const [index, { text }] of script.entries()) {
    const lines = text.split("\n");
    const line = found.line - start + 1;
    if (line <= lines.length + 1) {
      return { ...describeStatement(script, index), position: utf16(lines, line, found.column) };
    }
    start += lines.length + 1;
  }
  return {};
}

/** The same for a text that is sent as it is. */
export function locateInText(text: string, found: Position): StatementMeta {
  return { position: utf16(text.split("\n"), found.line, found.column) };
}

function utf16(lines: readonly string[], line: number, column: number): Position {
  const before = Array.from(lines[line - 1] ?? "").slice(0, column - 1);
  return { line, column: before.join("").length + 1 };
}
