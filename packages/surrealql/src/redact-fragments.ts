import { closedBy, spaceEnd } from "./scan.ts";
import { namesSecretClause, namesSecretValue } from "./secret-words.ts";

/** What stands in the place of a secret. */
export const redacted = "'[REDACTED]'";

/** Where a secret stands; `end` is exclusive. */
interface Span {
  readonly start: number;
  readonly end: number;
}

interface Found {
  readonly literals: readonly Span[];
  readonly end: number;
}

/**
 * Redacts every literal that a word in front of it makes secret, wherever in a text that stands:
 * in prose, in a string, in a comment, escaped as JSON.
 */
export function redactFragments(text: string): string {
  const words = /\w+/g;
  const kept: string[] = [];
  let from = 0;
  let before = "";
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    const found = secretsAfter(text, word[0], before, words.lastIndex);
    for (const { start, end } of found?.literals ?? []) {
      kept.push(text.slice(from, start));
      from = end;
    }
    if (found !== undefined) words.lastIndex = found.end;
    before = word[0];
  }
  kept.push(text.slice(from));
  return kept.join(redacted);
}

/** The literals that a word makes secret, and where the search goes on; `at` is where the word ends. */
function secretsAfter(text: string, word: string, before: string, at: number): Found | undefined {
  if (word === "generate" || word === "compare") return hashArguments(text, at - word.length, at);
  if (namesSecretValue(word)) {
    const assigned = /^(?:\\*["'`])?\s{0,9}[=:]\s{0,9}/.exec(text.slice(at, at + 32));
    const value = assigned && literalAt(text, at + assigned[0].length);
    if (value) return { literals: [value], end: value.end };
  }
  const literal = namesSecretClause(word, before) && literalAt(text, spaceEnd(text, at));
  return literal ? { literals: [literal], end: literal.end } : undefined;
}

/** The literals in `crypto::argon2::generate(…)`; `start` and `at` are where its last word does. */
function hashArguments(text: string, start: number, at: number): Found | undefined {
  if (!/crypto::\w{1,20}::$/.test(text.slice(Math.max(0, start - 32), start))) return undefined;
  const literals: Span[] = [];
  let depth = 0;
  let end = spaceEnd(text, at);
  do {
    const literal = literalAt(text, end);
    if (literal) literals.push(literal);
    else if (text[end] === "(") depth++;
    else if (text[end] === ")") depth--;
    end = literal?.end ?? end + 1;
  } while (depth > 0 && end < text.length);
  return { literals, end };
}

/** The string literal that starts here, with its prefix and, where it is escaped, its backslashes. */
function literalAt(text: string, start: number): Span | undefined {
  const opening = /^(\\{0,9})[sdurbf]?(["'])/.exec(text.slice(start, start + 11));
  if (opening === null) return undefined;
  const [head, slashes = "", quote = ""] = opening;
  const from = start + head.length;
  const end =
    slashes === "" ? closedBy(text, from, quote.charCodeAt(0)) : after(text, slashes + quote, from);
  return { start, end: end < 0 ? text.length : end };
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + mark.length;
}
