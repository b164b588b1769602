import { bracketDepths, isWord, significantTokens } from "@surql/surrealql";

/**
 * The type of what the arrays and sets of a type hold, as the engine writes it for `tags.*`: `int | string` of
 * `none | array<int> | set<string, 3>` (measured on 3.0.2: nothing is left out, `int | int` neither).
 *
 * @returns "" when it is no type of an array or a set.
 */
export function elementType(type: string): string {
  const tokens = significantTokens(type);
  const depths = bracketDepths(tokens, { angles: true });
  const elements: string[] = [];
  for (const [at, token] of tokens.entries()) {
    const isHolder = isWord(token, "ARRAY") || isWord(token, "SET");
    if (!isHolder || depths[at] !== 0) continue;
    if (tokens[at + 1]?.text !== "<") {
      elements.push("any");
      continue;
    }
    const end = tokens.findIndex(
      ({ text }, other) => other > at + 1 && depths[other] === 1 && (text === "," || text === ">"),
    );
    elements.push(type.slice(tokens[at + 2]?.start, tokens[end - 1]?.end));
  }
  return elements.join(" | ");
}
