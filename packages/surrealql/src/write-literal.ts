import { quoteIdentifier, quoteString } from "./quote.ts";
import type { TypedJson } from "./typed-json.ts";

type Fields = Readonly<Record<string, TypedJson>>;

/**
 * Writes a typed value as SurrealQL that the engine reads back as exactly this value. Whatever stands in it, it is a value: nothing
 * in it runs.
 *
 * @returns `undefined` when it is no typed value.
 * @example
 * ```ts
 * writeLiteral({ id: { $record: { table: "user", key: "a b" } } }); // { 'id': user:`a b` }
 * ```
 */
export function writeLiteral(value: unknown): string | undefined {
  try {
    return write(value as TypedJson);
  } catch (error) {
    if (error === unwritable) return undefined;
    throw error;
  }
}

const unwritable = Symbol("unwritable");

function write(value: TypedJson): string {
  if (value === null) return "NULL";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoteString(value);
  if (typeof value === "number") return Number.isInteger(value) ? whole(value) : float(value);
  if (Array.isArray(value)) return `[${list(value)}]`;
  if (typeof value !== "object") return refuse();
  const entries = Object.entries(value);
  const [first] = entries;
  if (first?.[0].startsWith("$") !== true) return object(value as Fields);
  return entries.length === 1 ? typed(first[0], first[1]) : refuse();
}

function typed(type: string, value: TypedJson): string {
  switch (type) {
    case "$none":
      return "NONE";
    case "$object":
      return object(fields(value));
    case "$set":
      // `{user:1,}` would be read as an object.
      return Array.isArray(value) ? `<set>[${list(value)}]` : refuse();
    case "$record": {
      const { table, key } = fields(value);
      return typeof table === "string" && key !== undefined
        ? `${quoteIdentifier(table)}:${recordKey(key)}`
        : refuse();
    }
    case "$range":
      return range(fields(value), write);
    default:
      return scalar(type, typeof value === "string" ? value : refuse());
  }
}

function scalar(type: string, value: string): string {
  const form = forms[type] ?? refuse();
  return form.pattern.test(value) ? form.write(value) : refuse();
}

const forms: Readonly<
  Record<string, { readonly pattern: RegExp; readonly write: (value: string) => string }>
> = {
  $int: { pattern: /^-?\d+$/, write: (value) => value },
  $float: { pattern: /^(?:-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|-?Infinity)$/, write: floatText },
  $decimal: { pattern: /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i, write: (value) => `${value}dec` },
  $duration: { pattern: /^(?:\d+(?:ns|µs|us|ms|s|m|h|d|w|y))+$/u, write: (value) => value },
  $datetime: { pattern: /^[-+\dTZ:.]+$/, write: (value) => `d'${value}'` },
  $uuid: { pattern: /^[\da-fA-F-]+$/, write: (value) => `u'${value}'` },
  $bytes: { pattern: /^[\da-fA-F]*$/, write: (value) => `b'${value}'` },
  $file: { pattern: /^[^\n]*$/, write: (value) => `f${quoteString(value)}` },
  $regex: { pattern: /^(?:\\.|[^/\\])*$/s, write: (value) => `/${value}/` },
};

function recordKey(key: TypedJson): string {
  if (typeof key === "string") return `\`${key.replace(/[\\`]/g, String.raw`\$&`)}\``;
  if (typeof key === "number") return Number.isInteger(key) ? String(key) : refuse();
  if (Array.isArray(key)) return write(key);
  const entries = Object.entries(key ?? refuse());
  const [first] = entries;
  if (first?.[0] === "$range") return range(fields(first[1]), recordKey);
  if (first?.[0] === "$int" || first?.[0] === "$uuid") return typed(first[0], first[1]);
  return write(key);
}

function range(ends: Fields, writeEnd: (value: TypedJson) => string): string {
  const { from, after, to, upTo } = ends;
  const begin =
    after === undefined ? (from === undefined ? "" : writeEnd(from)) : `${writeEnd(after)}>`;
  const end = upTo === undefined ? (to === undefined ? "" : writeEnd(to)) : `=${writeEnd(upTo)}`;
  return `${begin}..${end}`;
}

function object(value: Fields): string {
  const entries = Object.entries(value).map(([key, one]) => `${quoteString(key)}: ${write(one)}`);
  return entries.length === 0 ? "{ }" : `{ ${entries.join(", ")} }`;
}

function list(values: readonly TypedJson[]): string {
  return values.map(write).join(", ");
}

function whole(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : refuse();
}

function float(value: number): string {
  return Number.isFinite(value) ? floatText(String(value)) : refuse();
}

function floatText(value: string): string {
  return /^-?\d/.test(value) ? `${value}f` : value;
}

function fields(value: TypedJson): Fields {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Fields) : refuse();
}

function refuse(): never {
  throw unwritable;
}
