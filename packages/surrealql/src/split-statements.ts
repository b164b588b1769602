import { bracketDepths } from "./brackets.ts";
import { isWord } from "./is-word.ts";
import { code } from "./scan.ts";
import type { Statement } from "./statement.ts";
import type { Token } from "./token.ts";
import { significantTokens } from "./tokenize.ts";

/**
 * Splits a script into its statements at the semicolons that stand outside of every bracket.
 *
 * Comments and white space around a statement are dropped, those inside it are kept; empty
 * statements vanish. The result is what the engine executes, one by one, if it accepts the script;
 * a script that it would refuse is split as far as its brackets and quotes tell.
 *
 * @param text A script of any length, in SurrealQL 2.x or 3.x. Time is linear in it.
 * @returns The statements in order, with line and column (UTF-16 units) from 1.
 * @example
 * ```ts
 * splitStatements("DEFINE TABLE user; -- people\nDEFINE FIELD bio ON user TYPE string;");
 * // [{ text: "DEFINE TABLE user", line: 1, column: 1 },
 * //  { text: "DEFINE FIELD bio ON user TYPE string", line: 2, column: 1 }]
 * ```
 */
export function splitStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let line = 1;
  let lineStart = 0;
  let at = 0;
  for (const { start, end } of statementSpans(significantTokens(text))) {
    for (; at < start; at++) {
      if (text.charCodeAt(at) !== code.newline) continue;
      line++;
      lineStart = at + 1;
    }
    statements.push({ text: text.slice(start, end), line, column: start - lineStart + 1 });
  }
  return statements;
}

interface Span {
  readonly start: number;
  end: number;
}

function statementSpans(tokens: readonly Token[]): readonly Span[] {
  const spans: Span[] = [];
  let span: Span | undefined;
  const depths = bracketDepths(tokens);
  let ended = false;
  let hasIf = false;
  let hasThen = false;
  for (const [position, token] of tokens.entries()) {
    const { start, end } = token;
    const isOutside = depths[position] === 0;
    if (isOutside && isSeparator(token)) {
      ended = true;
      continue;
    }
    if (span === undefined || (ended && !(hasThen && goesOn(token)))) {
      spans.push((span = { start, end }));
      hasIf = hasThen = false;
    }
    ended = false;
    span.end = end;
    if (!isOutside) continue;
    hasIf ||= isWord(token, "IF");
    hasThen ||= hasIf && isWord(token, "THEN");
  }
  return spans;
}

function isSeparator({ kind, text }: Token): boolean {
  return kind === "symbol" && text === ";";
}

/** `IF a THEN b; ELSE c; END` has semicolons that end none of its parents. */
function goesOn(token: Token): boolean {
  return isWord(token, "ELSE") || isWord(token, "END");
}
