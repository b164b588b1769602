import { quoteString, significantTokens, unquoteString, type Token } from "@surql/surrealql";

/** Whether two texts are the same but for white space, comments and the kind of quotes. */
export function isSameText(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return JSON.stringify(spelledTokens(one)) === JSON.stringify(spelledTokens(other));
}

/** The texts of the tokens that count, each in one spelling. */
export function spelledTokens(text: string): readonly string[] {
  return significantTokens(text).map(spelled);
}

/** The text of a token, strings in one kind of quotes. */
export function spelled({ kind, text }: Token): string {
  return kind === "string" && /^["']/.test(text) ? quoteString(unquoteString(text)) : text;
}
