import type { TokenKind } from "./token.ts";

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

const closers = new Set([")", "]", "}", "$", "...", "…"]);

/**
 * Says, token by token, whether an operand is due: there a `/` starts a regular expression,
 * elsewhere it divides. The engine's parser knows this from its grammar; this follows it by
 * the last two tokens, which is the same for everything but keywords used as bare names.
 *
 * @param due Whether an operand was due before the token.
 * @param kind The kind of the token, which is neither white space nor a comment.
 * @param text The text of the token.
 * @param before The text of the token before it.
 * @returns Whether an operand is due after the token.
 */
export function operandDue(due: boolean, kind: TokenKind, text: string, before: string): boolean {
  if (kind === "symbol") {
    return !closers.has(text) && !(text === "*" && (before === "." || before === "["));
  }
  if (kind !== "word" || before === "." || before === "::") return false;
  const word = text.toUpperCase();
  if (!due) return infixes.has(word);
  return prefixes.has(word) || (word === "VALUE" && before.toUpperCase() === "SELECT");
}
