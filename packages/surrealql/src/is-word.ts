import type { Token } from "./token.ts";

/**
 * Whether a token is a keyword, in any case.
 *
 * @param word In upper case.
 * @example
 * ```ts
 * isWord(tokenize("select * FROM user")[0], "SELECT"); // true
 * ```
 */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}
