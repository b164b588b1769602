import type { Touch } from "./reading.ts";
import type { Token } from "./token.ts";
import { unquoteIdentifier } from "./unquote.ts";

/**
 * What the functions that read a statement share: its tokens, where they stand, and what they found.
 * The two functions break the circle between expressions and the statements inside of them.
 */
export interface Reader {
  readonly text: string;
  /** The tokens, without white space and comments. */
  readonly tokens: readonly Token[];
  /** Gives for the index of an opening bracket that of the one that closes it. */
  readonly closing: { readonly get: (at: number) => number | undefined };
  readonly touches: Touch[];
  /** The index of the next token. */
  at: number;
  /** The index where the group that is being read ends. */
  end: number;
  /** Reads one expression, or several with commas between, as far as it can. */
  readonly expression: (reader: Reader, scope: Scope, commas?: boolean) => void;
  /** Reads the statement that starts with the next word. Says whether one does. */
  readonly statement: (reader: Reader, scope: Scope) => boolean;
}

/** Under which conditions a part of a statement is executed. */
export interface Scope {
  /** It may not run. */
  readonly conditional: boolean;
  /** A `RETURN` in it ends something smaller than the statement. */
  readonly contained: boolean;
  /** It is stored, not run: what it touches does not count. */
  readonly stored: boolean;
  /** How many expressions it stands in. */
  readonly depth: number;
}

/** The next token, or one further ahead; undefined behind the end of the group. */
export function peek(reader: Reader, ahead = 0): Token | undefined {
  const at = reader.at + ahead;
  return at < reader.end ? reader.tokens[at] : undefined;
}

/** The next token in upper case when it is a bare word, otherwise "". */
export function peekWord(reader: Reader, ahead = 0): string {
  const token = peek(reader, ahead);
  return token?.kind === "word" ? token.text.toUpperCase() : "";
}

/** Says whether the next token is this symbol. */
export function isSymbol(reader: Reader, text: string, ahead = 0): boolean {
  const token = peek(reader, ahead);
  return token?.kind === "symbol" && token.text === text;
}

/** Moves past a symbol if it is next. */
export function eatSymbol(reader: Reader, text: string): boolean {
  if (!isSymbol(reader, text)) return false;
  reader.at++;
  return true;
}

/** Moves past words if they are next, all of them. */
export function eatWords(reader: Reader, ...words: readonly string[]): boolean {
  if (!words.every((word, ahead) => peekWord(reader, ahead) === word)) return false;
  reader.at += words.length;
  return true;
}

/** The name that the next token is: a bare word, or one in backticks or `⟨⟩`. */
export function peekName(reader: Reader, ahead = 0): string | undefined {
  const token = peek(reader, ahead);
  return token?.kind === "word" || token?.kind === "name"
    ? unquoteIdentifier(token.text)
    : undefined;
}

/** Says whether the next token can be a name. */
export function isName(reader: Reader, ahead = 0): boolean {
  const kind = peek(reader, ahead)?.kind;
  return kind === "word" || kind === "name";
}

/** Notes what was found, unless it is only stored. */
export function note(reader: Reader, scope: Scope, touch: Touch): void {
  if (scope.stored) return;
  reader.touches.push(scope.conditional ? { ...touch, conditional: true } : touch);
}

/** Notes that the next token does not fit what is known of the language, and gives up on the group. */
export function giveUp(reader: Reader, scope: Scope): void {
  const at = peek(reader)?.text ?? "";
  note(reader, { ...scope, stored: false }, { effect: "unknown", at });
  reader.at = reader.end;
}

/** Reads what stands between the next bracket and the one that closes it, and moves behind both. */
export function readInside(reader: Reader, scope: Scope, read: () => void): void {
  const { end } = reader;
  const close = reader.closing.get(reader.at);
  if (close === undefined) return giveUp(reader, scope);
  if (!scope.stored) {
    reader.at++;
    reader.end = close;
    read();
    if (reader.at < close) giveUp(reader, scope);
    reader.end = end;
  }
  reader.at = close + 1;
}

/** Moves to the end of the statement. */
export function skipStatement(reader: Reader): void {
  while (reader.at < reader.end && !isSymbol(reader, ";")) {
    reader.at = (reader.closing.get(reader.at) ?? reader.at) + 1;
  }
}
