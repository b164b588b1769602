import { clausesOf, quoteString, significantTokens, type Token } from "@surql/surrealql";
import { matchFor } from "./match-for.ts";

/** What a condition on a value suggests that it could be: SurrealQL texts, and lengths. */
export interface Hints {
  /** What most likely fulfils it. */
  readonly values: readonly string[];
  /** What may. */
  readonly others: readonly string[];
  readonly lengths: readonly number[];
}

/** Values of the shapes that `string::is_…` asks for; `#` stands for a digit that tells records apart. */
const shapes: Readonly<Record<string, string>> = {
  alpha: "Ada",
  alphanum: "Ada#",
  ascii: "Ada #",
  datetime: "2026-01-0#T12:00:00Z",
  domain: "mail#.example.com",
  email: "ada#@example.com",
  hexadecimal: "00ff0#",
  ip: "192.0.2.#",
  ipv4: "192.0.2.#",
  ipv6: "2001:db8::#",
  latitude: "1.#",
  longitude: "1.#",
  numeric: "#",
  record: "t:#",
  semver: "1.0.#",
  ulid: "01ARZ3NDEKTSV4RRFFQ69G5FA#",
  url: "https://example.com/#",
  uuid: "018f3c1e-0000-7000-8000-00000000000#",
};

/**
 * Reads from a condition what could fulfil it: the values that it names and those around them, the shapes that it asks
 * for, and what its regular expressions match. Pure.
 *
 * @param params The definitions of the database's parameters, whose values count as named.
 * @param record A digit that tells records apart.
 */
export function hintsOf(
  condition: string,
  params: Readonly<Record<string, string>>,
  record: number,
): Hints {
  const tokens = significantTokens(condition).flatMap((token) => {
    const definition = token.kind === "param" ? params[token.text.slice(1)] : undefined;
    const value = definition === undefined ? undefined : clausesOf(definition)["VALUE"];
    return value === undefined ? [token] : significantTokens(value);
  });
  const bounds = boundsIn(tokens);
  const asked = tokens.flatMap((token) => valuesOf(token, record));
  const around = bounds.flatMap(([n]) => [n, n + 1, n - 1]);
  const middles = middlesOf(bounds);
  const fitting = bounds.flatMap(([n, sign]) => fittingNumbers(n, sign));
  return {
    values: [...new Set([...asked, ...[...middles.map(Math.floor), ...fitting].map(numberText)])],
    others: [...[...around, ...middles].map(numberText), ...joined(asked)],
    lengths: [...new Set([...fitting, ...around])].filter(
      (n) => Number.isInteger(n) && n >= 0 && n <= 200,
    ),
  };
}

function valuesOf({ kind, text }: Token, record: number): readonly string[] {
  if (kind === "duration") return [text];
  if (kind === "regex") return [quoteString(matchFor(text.slice(1, -1), record))];
  if (kind === "string") {
    const bare = /^[a-z]?(["'])(.*)\1$/s.exec(text)?.[2] ?? "";
    const matching =
      bare.length > 1 && /[\\^$*+[\]]/.test(bare) ? [quoteString(matchFor(bare, record))] : [];
    return [text, ...matching];
  }
  if (kind !== "word") return [];
  const word = text.toLowerCase();
  if (word === "true" || word === "false") return [word];
  if (word === "now") return ["d'2999-01-01T00:00:00Z'", "d'1970-01-02T00:00:00Z'"];
  const shape = shapes[word.replace(/^is_/, "")];
  return shape === undefined ? [] : [quoteString(shape.replace("#", String(record % 10)))];
}

/** What begins or ends with another text that is asked for. */
function joined(asked: readonly string[]): readonly string[] {
  const texts = asked.filter((text) => text.startsWith("'") || text.startsWith('"')).slice(0, 4);
  return texts.flatMap((one) =>
    texts.flatMap((other) => (one === other ? [] : [`${one.slice(0, -1)}${other.slice(1)}`])),
  );
}

type Bound = readonly [value: number, sign: string];

/** The numbers of a condition, and what stands before each. */
function boundsIn(tokens: readonly Token[]): readonly Bound[] {
  return tokens.flatMap(({ kind, text }, at): readonly Bound[] => {
    const value = kind === "number" ? Number.parseFloat(text) : Number.NaN;
    if (!Number.isFinite(value)) return [];
    const isNegative = tokens[at - 1]?.text === "-";
    const sign = tokens[isNegative ? at - 2 : at - 1]?.text ?? "";
    return [[isNegative ? -value : value, sign]];
  });
}

/** Three numbers that fulfil a comparison, as three records are made. */
function fittingNumbers(n: number, sign: string): readonly number[] {
  if (sign === ">") return [n + 1, n + 2, n + 3];
  if (sign === ">=") return [n, n + 1, n + 2];
  if (sign === "<") return [n - 1, n - 2, n - 3];
  if (sign === "<=") return [n, n - 1, n - 2];
  return sign === "!=" ? [n + 1, n + 2, n + 3] : [n];
}

/** What lies between two numbers that are no elements of a list. */
function middlesOf(bounds: readonly Bound[]): readonly number[] {
  if (bounds.some(([, sign]) => sign === "[" || sign === ",")) return [];
  return bounds.slice(1).map(([n], at) => (n + (bounds[at]?.[0] ?? n)) / 2);
}

function numberText(n: number): string {
  return Number.isInteger(n) ? String(n) : `${n}f`;
}
