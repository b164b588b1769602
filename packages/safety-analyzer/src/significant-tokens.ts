import { quoteString, tokenize, unquoteString, type Token } from "@surql/surrealql";

/** The tokens of a text without white space and comments. */
export function significantTokens(text: string): readonly Token[] {
  return tokenize(text).filter(({ kind }) => kind !== "whitespace" && kind !== "comment");
}

/** Whether a token is this keyword, in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}

/** Whether two texts are the same but for white space, comments and the kind of quotes. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(spelledTokens(one)) === JSON.stringify(spelledTokens(other));
}

/** The texts of the tokens that count, strings in one kind of quotes. */
export function spelledTokens(text: string): readonly string[] {
  return significantTokens(text).map((token) =>
    token.kind === "string" && /^["']/.test(token.text)
      ? quoteString(unquoteString(token.text))
      : token.text,
  );
}
