import { operandDueAfter } from "./operand-position.ts";
import { blockCommentEnd, closedBy, code, isDigit, isNamePart, isSpace } from "./scan.ts";
import { lineCommentEnd, nameEnd, spaceEnd } from "./scan.ts";
import { numericEnd, numericKind } from "./scan-number.ts";
import { scriptEnd } from "./script-end.ts";
import { symbolLength } from "./symbol.ts";
import type { Token, TokenKind } from "./token.ts";

const stringPrefixes = new Set(["s", "d", "u", "r", "b", "f"]);

/** Where the reading stands. Only {@link tokenize} and what it calls see it. */
interface Position {
  readonly text: string;
  readonly tokens: Token[];
  at: number;
  /** The last token that means something. */
  last: Token | undefined;
  /** The brackets that are open: for each, the token before it. */
  readonly open: (Token | undefined)[];
  /** The token before the bracket that the last token closed. */
  head: Token | undefined;
  /** How many brackets are open where the statements stand that have a `THEN` so far. */
  readonly branches: number[];
  /** Whether the statement outside of all brackets has an `IF` so far, without which `THEN` is a name. */
  hasIf: boolean;
}

/**
 * Cuts SurrealQL into tokens, with all white space and comments: the texts of the tokens, joined,
 * are the text. It reads the language of SurrealDB 2.x to 4.0, never fails, and takes time
 * linear in the length of the text.
 *
 * What is never closed (a string, a name, a comment, a script) becomes one `invalid` token that
 * reaches to the end of the text, as the engine would read it; characters that SurrealQL does not
 * know become `invalid` tokens of their own.
 *
 * @example
 * ```ts
 * tokenize("RETURN 4 / 2 -- two").map((token) => token.kind);
 * // word, whitespace, number, whitespace, symbol, whitespace, number, whitespace, comment
 * ```
 */
export function tokenize(text: string): readonly Token[] {
  return readTokens(text, true);
}

/**
 * The tokens of a text without white space and comments.
 *
 * @example
 * ```ts
 * significantTokens("RETURN 4 / 2 -- two").map(({ text }) => text); // ["RETURN", "4", "/", "2"]
 * ```
 */
export function significantTokens(text: string): readonly Token[] {
  return readTokens(text, false);
}

function readTokens(text: string, withTrivia: boolean): readonly Token[] {
  const tokens: Token[] = [];
  const position: Position = {
    text,
    tokens,
    at: 0,
    last: undefined,
    open: [],
    head: undefined,
    branches: [],
    hasIf: false,
  };
  while (position.at < text.length) {
    const start = position.at;
    const kind = advance(position);
    const isTrivia = kind === "whitespace" || kind === "comment";
    if (isTrivia && !withTrivia) continue;
    const token = { kind, text: text.slice(start, position.at), start, end: position.at };
    if (!isTrivia) remember(position, token);
    tokens.push(token);
  }
  return tokens;
}

/** Moves past one token and says what it was. */
function advance(position: Position): TokenKind {
  const { text, at } = position;
  const unit = text.charCodeAt(at);
  if (isSpace(unit)) return moved(position, spaceEnd(text, at), "whitespace");
  if (isDigit(unit)) {
    const end = numericEnd(text, at);
    return moved(position, end, numericKind(text.slice(at, end)));
  }
  if (isNamePart(unit)) return wordOrString(position, unit);
  switch (unit) {
    case code.singleQuote:
    case code.doubleQuote:
      return closed(position, closedBy(text, at + 1, unit), "string");
    case code.backtick:
      return closed(position, closedBy(text, at + 1, unit), "name");
    case code.angleOpen:
      return closed(position, closedBy(text, at + 1, code.angleClose), "name");
    case code.dollar:
      return param(position);
    case code.hash:
      return moved(position, lineCommentEnd(text, at + 1), "comment");
    case code.minus:
      if (text.charCodeAt(at + 1) !== code.minus) return symbol(position);
      return moved(position, lineCommentEnd(text, at + 2), "comment");
    case code.slash:
      return slash(position);
    case code.braceOpen:
      if (!isScriptNext(position)) return symbol(position);
      return closed(position, scriptEnd(text, at + 1), "script");
    default:
      return symbol(position);
  }
}

function moved(position: Position, end: number, kind: TokenKind): TokenKind {
  position.at = end;
  return kind;
}

function closed(position: Position, end: number, kind: TokenKind): TokenKind {
  return end < 0 ? moved(position, position.text.length, "invalid") : moved(position, end, kind);
}

function wordOrString(position: Position, unit: number): TokenKind {
  const { text, at } = position;
  const quote = text.charCodeAt(at + 1);
  if (
    (quote === code.singleQuote || quote === code.doubleQuote) &&
    stringPrefixes.has(String.fromCharCode(unit))
  ) {
    return closed(position, closedBy(text, at + 2, quote), "string");
  }
  return moved(position, nameEnd(text, at), "word");
}

function param(position: Position): TokenKind {
  const { text, at } = position;
  const next = text.charCodeAt(at + 1);
  if (next === code.backtick) return closed(position, closedBy(text, at + 2, next), "param");
  if (next === code.angleOpen) {
    return closed(position, closedBy(text, at + 2, code.angleClose), "param");
  }
  if (!isNamePart(next) || isDigit(next)) return symbol(position);
  return moved(position, nameEnd(text, at + 1), "param");
}

function slash(position: Position): TokenKind {
  const { text, at } = position;
  const next = text.charCodeAt(at + 1);
  if (next === code.star) return closed(position, blockCommentEnd(text, at + 2), "comment");
  if (next === code.slash) return moved(position, lineCommentEnd(text, at + 2), "comment");
  const branches = position.branches.at(-1) === position.open.length;
  if (!operandDueAfter(position.tokens, branches)) return symbol(position);
  return closed(position, closedBy(text, at + 1, code.slash), "regex");
}

function symbol(position: Position): TokenKind {
  const { text, at } = position;
  const length = symbolLength(text, at);
  if (length > 0) return moved(position, at + length, "symbol");
  return moved(position, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1), "invalid");
}

/** Keeps what the reading of later tokens depends on. */
function remember(position: Position, token: Token): void {
  const { kind, text } = token;
  const { last, open, branches } = position;
  const isAfterThen = branches.at(-1) === open.length;
  if (last?.text === ";" && !(isAfterThen && /^(else|end)$/i.test(text))) {
    if (isAfterThen) branches.pop();
    if (open.length === 0) position.hasIf = false;
  }
  if (kind === "word" && /^(if|then)$/i.test(text)) {
    if (text.length === 2) position.hasIf = true;
    else if (position.hasIf && !isAfterThen) branches.push(open.length);
  }
  if (kind === "symbol") {
    if (text === "(" || text === "[" || text === "{") open.push(last);
    else if (text === ")" || text === "]" || text === "}") {
      position.head = open.pop();
      if ((branches.at(-1) ?? 0) > open.length) branches.pop();
    }
  }
  position.last = token;
}

/** Says whether a `{` here is the body of `function(…)`. */
function isScriptNext({ text, last, head }: Position): boolean {
  if (last?.text !== ")" || head?.kind !== "word" || !/^function$/i.test(head.text)) return false;
  return !/(\.|::)\s*$/.test(text.slice(Math.max(0, head.start - 9), head.start));
}
