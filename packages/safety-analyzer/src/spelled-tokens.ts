import { quoteString, significantTokens, unquoteString } from "@surql/surrealql";

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
