import { significantTokens, type Token } from "@surql/surrealql";

/** Functions that are common as defaults, and what they give. */
const results: Readonly<Record<string, string>> = {
  "rand::guid()": "string",
  "rand::ulid()": "string",
  "rand::uuid()": "uuid",
  "rand::uuid::v4()": "uuid",
  "rand::uuid::v7()": "uuid",
  "time::now()": "datetime",
  "time::unix()": "int",
};

const prefixed: Readonly<Record<string, string>> = { d: "datetime", u: "uuid", b: "bytes" };
const words: Readonly<Record<string, string>> = {
  true: "bool",
  false: "bool",
  none: "none",
  null: "null",
};

/**
 * The types that a value surely fits, when its text tells; none when only the engine could tell.
 *
 * @example
 * ```ts
 * typesOfValue("'x'"); // ["string", "'x'"]
 * ```
 */
export function typesOfValue(value: string): readonly string[] {
  const tokens = significantTokens(value);
  const text = tokens.map((token) => token.text).join("");
  const result = results[text.replaceAll("`", "").toLowerCase()];
  if (result !== undefined) return [result];
  if (text === "{}") return ["object"];
  const [first, second] = tokens;
  if (first?.text === "-" && tokens.length === 2 && second !== undefined) {
    return ofLiteral(second).map((type) => (type === second.text ? text : type));
  }
  return tokens.length === 1 && first !== undefined ? ofLiteral(first) : [];
}

/** The literal itself is a type too. */
function ofLiteral({ kind, text }: Token): readonly string[] {
  if (kind === "duration") return ["duration", text];
  if (kind === "number") {
    if (/^\d+$/.test(text)) return ["int", "float", "decimal", text];
    return [text.endsWith("dec") ? "decimal" : "float", text];
  }
  if (kind === "string") {
    if (/^["']/.test(text)) return ["string", text];
    const type = prefixed[text[0] ?? ""];
    return type === undefined ? [] : [type];
  }
  const type = kind === "word" ? words[text.toLowerCase()] : undefined;
  return type === undefined ? [] : [type, text.toLowerCase()];
}
