import { blockCommentEnd, closedBy, code } from "./scan.ts";

/**
 * The end of a JavaScript body whose `{` stands before `from`, or -1 when it is not closed.
 *
 * It counts braces as the engine does, outside of strings, template strings and comments only:
 * the engine does not know JavaScript's regular expressions nor `${…}`.
 */
export function scriptEnd(text: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === code.braceOpen) {
      depth++;
    } else if (unit === code.braceClose) {
      if (--depth === 0) return at + 1;
    } else if (
      unit === code.singleQuote ||
      unit === code.doubleQuote ||
      unit === code.backtick ||
      unit === code.slash
    ) {
      at = skipped(text, at, unit);
      if (at < 0) return -1;
      continue;
    }
    at++;
  }
  return -1;
}

function skipped(text: string, at: number, unit: number): number {
  if (unit !== code.slash) return closedBy(text, at + 1, unit);
  const next = text.charCodeAt(at + 1);
  if (next === code.star) return blockCommentEnd(text, at + 2);
  return next === code.slash ? scriptLineEnd(text, at + 2) : at + 1;
}

function scriptLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (
      unit === code.newline ||
      unit === code.return ||
      unit === code.lineSeparator ||
      unit === code.paragraphSeparator
    ) {
      return at + 1;
    }
  }
  return text.length;
}
