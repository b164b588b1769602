import type { Token } from "@surql/surrealql";

/** What opens a token, and what it is called. */
const openings: readonly (readonly [RegExp, string])[] = [
  [/^[sdurbf]?['"]/, "a string that begins here never ends"],
  [/^\$?[`⟨]/, "a quoted name that begins here never ends"],
  [/^\/\*/, "a comment that begins here never ends"],
  [/^\//, "a regular expression that begins here never ends"],
  [/^\{/, "a script that begins here never ends"],
];

/** The token that swallows the rest of a text because nothing closes it. */
export function unendedToken(
  tokens: readonly Token[],
): { readonly start: number; readonly fault: string } | undefined {
  const last = tokens.at(-1);
  if (last?.kind !== "invalid") return undefined;
  const opening = openings.find(([pattern]) => pattern.test(last.text));
  return opening && { start: last.start, fault: opening[1] };
}
