import { significantTokens, splitOutside } from "@surql/surrealql";

/** The types of which a value may have one: `none` and `array<int | string>` of `none | array<int | string>`. */
export function alternatives(type: string): readonly string[] {
  return splitOutside(significantTokens(type), ({ text }) => text === "|", { angles: true }).map(
    (tokens) => type.slice(tokens[0]?.start, tokens.at(-1)?.end),
  );
}
