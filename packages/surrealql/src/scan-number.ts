import { code, isDigit, nameEnd } from "./scan.ts";
import type { TokenKind } from "./token.ts";

const number = /^\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d[\d_]*)?(f|dec)?$/;
const duration = /^(\d[\d_]*(ns|us|µs|ms|s|m|h|d|w|y))+$/;
const microSign = 0xb5;

/**
 * The end of what a digit starts: a number, a duration, or a bare record key such as `01ab`.
 * A `.` belongs to it only when a digit follows (`1..5` is a range, `1.max()` a call).
 */
export function numericEnd(text: string, from: number): number {
  let at = microEnd(text, nameEnd(text, from));
  if (text.charCodeAt(at) === code.dot && isDigit(text.charCodeAt(at + 1))) {
    at = nameEnd(text, at + 1);
  }
  const sign = text[at];
  if ((sign === "-" || sign === "+") && isDigit(text.charCodeAt(at + 1))) {
    if (/^\d[\d_]*(\.\d[\d_]*)?[eE]$/.test(text.slice(from, at))) at = nameEnd(text, at + 1);
  }
  return at;
}

function microEnd(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === microSign) at = nameEnd(text, at + 1);
  return at;
}

/** What a text that starts with a digit is. */
export function numericKind(text: string): TokenKind {
  if (number.test(text)) return "number";
  if (duration.test(text)) return "duration";
  return /^\w+$/.test(text) ? "word" : "invalid";
}
