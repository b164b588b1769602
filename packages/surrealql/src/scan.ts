/** The characters that the scanners look at, by their code. */
export const code = {
  newline: 0x0a,
  return: 0x0d,
  doubleQuote: 0x22,
  hash: 0x23,
  dollar: 0x24,
  singleQuote: 0x27,
  star: 0x2a,
  minus: 0x2d,
  dot: 0x2e,
  slash: 0x2f,
  backslash: 0x5c,
  underscore: 0x5f,
  backtick: 0x60,
  braceOpen: 0x7b,
  braceClose: 0x7d,
  nextLine: 0x85,
  lineSeparator: 0x2028,
  paragraphSeparator: 0x2029,
  angleOpen: 0x27e8,
  angleClose: 0x27e9,
} as const;

/** Says whether a code is an ASCII digit. */
export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Says whether a code may stand in a bare name: only ASCII letters, digits and `_` may. */
export function isNamePart(unit: number): boolean {
  return (
    (unit >= 0x61 && unit <= 0x7a) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    isDigit(unit) ||
    unit === code.underscore
  );
}

/** Says whether a code separates tokens. The list is the engine's, not Unicode's: no byte order mark. */
export function isSpace(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return (
    unit === 0xa0 ||
    unit === 0x1680 ||
    (unit >= 0x2000 && unit <= 0x200a) ||
    unit === 0x202f ||
    unit === 0x205f ||
    unit === 0x3000
  );
}

/** The end of a run of name characters. */
export function nameEnd(text: string, from: number): number {
  let at = from;
  while (isNamePart(text.charCodeAt(at))) at++;
  return at;
}

/** The end of a run of white space. */
export function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/**
 * The end of a comment that runs to the end of the line. The engine ends it at Unicode's
 * line ends too, but takes those for white space only there: they stay in the comment.
 */
export function lineCommentEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === code.newline || unit === code.return) return at;
    if (unit === code.nextLine || unit === code.lineSeparator || unit === code.paragraphSeparator) {
      return at + 1;
    }
  }
  return text.length;
}

/** The end of what `close` closes, a backslash hiding the character after it; -1 when nothing closes it. */
export function closedBy(text: string, from: number, close: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === close) return at + 1;
    if (unit === code.backslash) at++;
  }
  return -1;
}

/** The end of a comment that starts before `from`; -1 when `*` and `/` never come. They do not nest. */
export function blockCommentEnd(text: string, from: number): number {
  const close = text.indexOf("*/", from);
  return close < 0 ? -1 : close + 2;
}
