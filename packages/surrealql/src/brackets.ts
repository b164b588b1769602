import type { Token } from "./token.ts";

/** The kinds of bracket that count: `(`, `[` and `{` unless told. */
export interface BracketOptions {
  /** Whether `<` and `>` are brackets too, as in the text of a type; elsewhere they compare. */
  readonly angles?: boolean | undefined;
}

const plain = { openers: new Set(["(", "[", "{"]), closers: new Set([")", "]", "}"]) };
const angled = {
  openers: new Set([...plain.openers, "<"]),
  closers: new Set([...plain.closers, ">"]),
};

/**
 * Counts the brackets around each token. A bracket stands inside of its own pair; what a string, a comment or a regular
 * expression holds is none. It does not look whether `(` is closed by `)`; one that closes nothing does not count.
 *
 * @param tokens What {@link significantTokens} or {@link tokenize} gives, or a part of it.
 * @returns One number for each token.
 * @example
 * ```ts
 * bracketDepths(significantTokens("f(a, [1])")); // [0, 1, 1, 1, 2, 2, 2, 1]
 * ```
 */
export function bracketDepths(
  tokens: readonly Token[],
  { angles = false }: BracketOptions = {},
): readonly number[] {
  const { openers, closers } = angles ? angled : plain;
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    if (kind !== "symbol") return depth;
    if (openers.has(text)) return ++depth;
    const around = depth;
    if (closers.has(text)) depth = Math.max(0, depth - 1);
    return around;
  });
}

/**
 * Cuts tokens wherever a separator stands outside of all brackets.
 *
 * @param isSeparator Says of a token outside of brackets whether to cut there; such tokens are left out.
 * @returns The pieces between them, always one more than there are separators: a piece may be empty.
 * @example
 * ```ts
 * const pieces = splitOutside(significantTokens("a, f(b, c)"), ({ text }) => text === ",");
 * pieces.map((piece) => piece.map(({ text }) => text).join("")); // ["a", "f(b,c)"]
 * ```
 */
export function splitOutside(
  tokens: readonly Token[],
  isSeparator: (token: Token) => boolean,
  options?: BracketOptions,
): readonly (readonly Token[])[] {
  const depths = bracketDepths(tokens, options);
  const pieces: Token[][] = [[]];
  for (const [position, token] of tokens.entries()) {
    if (depths[position] === 0 && isSeparator(token)) pieces.push([]);
    else pieces.at(-1)!.push(token);
  }
  return pieces;
}
