import { significantTokens } from "@surql/surrealql";

/** The kinds of value that a type takes, each in one spelling: `option<int>` is `none` and `int`. */
export type Alternatives = ReadonlySet<string>;

const openers = new Set(["<", "(", "[", "{"]);
const closers = new Set([">", ")", "]", "}"]);

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
  const words = significantTokens(type).map(({ kind, text }) =>
    kind === "word" ? text.toLowerCase() : text,
  );
  return new Set(split(words, "|").flatMap(alternative).sort());
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

function alternative(words: readonly string[]): readonly string[] {
  const [name, open, ...rest] = words;
  if (open !== "<" || rest.at(-1) !== ">") return [words.join("")];
  const inside = split(rest.slice(0, -1), ",").map((argument) =>
    [...new Set(split(argument, "|").flatMap(alternative))].sort(),
  );
  if (name === "option") return ["none", ...(inside[0] ?? [])];
  return [`${name}<${inside.map((argument) => argument.join("|")).join(",")}>`];
}

/** Splits at a separator that stands outside of brackets. */
function split(words: readonly string[], separator: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const word of words) {
    if (openers.has(word)) depth++;
    else if (closers.has(word)) depth--;
    if (word === separator && depth === 0) parts.push([]);
    else parts.at(-1)!.push(word);
  }
  return parts;
}
