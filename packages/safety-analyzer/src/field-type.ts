import { significantTokens, splitOutside, type Token } from "@surql/surrealql";

/** The kinds of value that a type takes, each in one spelling: `option<int>` is `none` and `int`. */
export type Alternatives = ReadonlySet<string>;

/**
 * Reads the text of a `TYPE` clause. A field without one takes everything, as `any` does.
 *
 * @example
 * ```ts
 * alternatives("option<string | int>"); // Set { "int", "none", "string" }
 * ```
 */
export function alternatives(type: string | undefined): Alternatives {
  if (type === undefined) return new Set(["any"]);
  return new Set(split(significantTokens(type), "|").flatMap(alternative).sort());
}

/** Whether every value that fitted the first type fits the second one too. What cannot be told does not. */
export function accepts(after: Alternatives, before: Alternatives): boolean {
  return after.has("any") || [...before].every((one) => after.has(one) || isPartOf(one, after));
}

/** Whether a record without a value for the field fits. */
export function acceptsNone(type: Alternatives): boolean {
  return type.has("any") || type.has("none");
}

const numbers = new Set(["int", "float", "decimal"]);

/** `array<string, 5>` is an `array`, `int` is a `number`. */
function isPartOf(one: string, types: Alternatives): boolean {
  const generic = /^(\w+)</.exec(one);
  if (generic !== null) return types.has(generic[1]!);
  return numbers.has(one) && types.has("number");
}

function alternative(tokens: readonly Token[]): readonly string[] {
  const words = tokens.map(({ kind, text }) => (kind === "word" ? text.toLowerCase() : text));
  const [name, open] = words;
  if (open !== "<" || words.at(-1) !== ">") return [words.join("")];
  const inside = split(tokens.slice(2, -1), ",").map((argument) =>
    [...new Set(split(argument, "|").flatMap(alternative))].sort(),
  );
  if (name === "option") return ["none", ...(inside[0] ?? [])];
  return [`${name}<${inside.map((argument) => argument.join("|")).join(",")}>`];
}

function split(tokens: readonly Token[], separator: string): readonly (readonly Token[])[] {
  return splitOutside(tokens, ({ text }) => text === separator, { angles: true });
}
