import type { Token } from "./token.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that start a statement or a prefix: an operand still follows. */
const prefixes = words(
  "RETURN SELECT IF THROW EXPLAIN CREATE UPDATE UPSERT DELETE INSERT LET THEN ELSE ONLY",
);

/** Words that stand after an operand and want another one. */
const infixes = words(
  "AND OR IN INSIDE NOT IS CONTAINS CONTAINSNOT CONTAINSALL CONTAINSANY CONTAINSNONE NOTINSIDE ALLINSIDE " +
    "ANYINSIDE NONEINSIDE OUTSIDE INTERSECTS MATCHES WHERE VALUE VALUES ASSERT DEFAULT ALWAYS COMPUTED WHEN " +
    "THEN ELSE CONTENT MERGE PATCH REPLACE RETURN LIMIT START VERSION TIMEOUT FROM IF",
);

const closers = words(") ] } $ ... …");

/**
 * Says whether an operand is due after some tokens: there a `/` starts a regular expression,
 * elsewhere it divides. The engine's parser knows this from its grammar; this follows it by
 * the words since the last symbol or literal, which is the same for everything but keywords
 * used as bare names.
 */
export function operandDueAfter(tokens: readonly Token[]): boolean {
  const run: string[] = [];
  let at = tokens.length - 1;
  for (; at >= 0; at--) {
    const { kind, text } = tokens[at]!;
    if (kind === "word") run.push(text);
    else if (kind !== "whitespace" && kind !== "comment") break;
  }
  let before = tokens[at]?.text ?? "";
  let due = at < 0 || dueAfterSymbol(tokens, at);
  for (const text of run.reverse()) {
    due = dueAfterWord(due, text.toUpperCase(), before);
    before = text;
  }
  return due;
}

function dueAfterSymbol(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at]!;
  if (kind !== "symbol" || closers.has(text)) return false;
  const before = tokens[at - 1]?.text;
  return !(text === "*" && (before === "." || before === "["));
}

function dueAfterWord(due: boolean, word: string, before: string): boolean {
  if (before === "." || before === "::") return false;
  if (!due) return infixes.has(word);
  return prefixes.has(word) || (word === "VALUE" && before.toUpperCase() === "SELECT");
}
