import type { Statement } from "@surql/surrealql";

/** Statements in one text. */
export interface JoinedScript {
  readonly text: string;
  /** The line on which each statement begins, from 1. */
  readonly lines: readonly number[];
  /** Index of the statement that a line belongs to; the last one for what is behind it. */
  statementAt(line: number): number;
}

/**
 * What stands behind every statement, in a text that is parsed and never run. The line break ends a
 * comment. OPTION is a statement at the top only: in a bracket that the statement left open it is a
 * mistake, which is then found here and not somewhere in the statements behind it.
 */
const separator = "\n;OPTION IMPORT;\n";

/** Joins statements for the parser. */
export function joinStatements(statements: readonly Statement[]): JoinedScript {
  const lines: number[] = [];
  let line = 1;
  for (const { text } of statements) {
    lines.push(line);
    line += text.split("\n").length + 1;
  }
  return {
    text: statements.map(({ text }) => text + separator).join(""),
    lines,
    statementAt: (at) => {
      const index = lines.findLastIndex((start) => start <= at);
      return Math.max(0, index);
    },
  };
}
