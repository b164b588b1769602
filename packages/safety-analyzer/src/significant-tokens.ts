import { tokenize, type Token } from "@surql/surrealql";

/** The tokens of a text without white space and comments. */
export function significantTokens(text: string): readonly Token[] {
  return tokenize(text).filter(({ kind }) => kind !== "whitespace" && kind !== "comment");
}

/** Whether a token is this keyword, in any case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.toUpperCase() === word;
}

/** Whether two texts are the same but for white space and comments. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return spelled(one) === spelled(other);
}

function spelled(text: string): string {
  return JSON.stringify(significantTokens(text).map((token) => token.text));
}
