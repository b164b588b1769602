import type { RangeJson, TypedJson } from "./typed-json.ts";
import { typedNumber } from "./typed-number.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

/** A text and where its reading stands. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** What ends the reading of a text that is no literal. Never leaves this file. */
const unreadable = Symbol("unreadable");

/**
 * Reads a value as the engine writes it in an object or an array (`<string>[$value]`), with every type. A call, a parameter,
 * a subquery or a block is no value and is not read, so what was read can be written into a statement.
 *
 * @returns `undefined` when the text is not one value.
 * @example
 * ```ts
 * readLiteral("{ at: d'2026-01-09T00:00:00Z', n: 1f }"); // { at: { $datetime: "2026-01-09T00:00:00Z" }, n: { $float: "1" } }
 * ```
 */
export function readLiteral(text: string): TypedJson | undefined {
  const cursor = { text, at: 0 };
  try {
    const value = readValue(cursor);
    skipSpace(cursor);
    return cursor.at === text.length ? value : undefined;
  } catch (error) {
    if (error === unreadable) return undefined;
    throw error;
  }
}

function readValue(cursor: Cursor): TypedJson {
  skipSpace(cursor);
  return readRange(cursor, readSingle);
}

/** A value, or the range that begins or ends with it. */
function readRange(cursor: Cursor, single: (cursor: Cursor) => TypedJson): TypedJson {
  const begin = isAhead(cursor, "..") ? undefined : single(cursor);
  const isAfter = begin !== undefined && eat(cursor, ">..");
  if (!isAfter && !eat(cursor, "..")) {
    return begin === undefined ? fail() : begin;
  }
  const isInclusive = eat(cursor, "=");
  const hasEnd =
    isInclusive || !/^(?:[\s,\]})]|$)/.test(cursor.text.slice(cursor.at, cursor.at + 1));
  const end = hasEnd ? single(cursor) : undefined;
  const range: RangeJson = {
    ...(begin !== undefined && { [isAfter ? "after" : "from"]: begin }),
    ...(end !== undefined && { [isInclusive ? "upTo" : "to"]: end }),
  };
  return { $range: { ...range } };
}

function readSingle(cursor: Cursor): TypedJson {
  const rest = cursor.text.slice(cursor.at, cursor.at + 64);
  const [first = ""] = rest;
  if (first === "[") return readList(cursor, "[", "]");
  if (first === "{") return /^\{\s+/.test(rest) ? readObject(cursor) : readSet(cursor);
  if (first === "(") return readPoint(cursor);
  if (first === "/") return { $regex: take(cursor, /\/((?:\\.|[^/\\])*)\//sy)[1] ?? "" };
  if (/^[sdubrf]?["']/.test(rest)) return readQuoted(cursor);
  // A word, a number or the name of a table: a colon right behind tells the last.
  const record = /(?:`(?:\\.|[^`\\])*`|\w+):/suy;
  record.lastIndex = cursor.at;
  if (record.test(cursor.text)) return readRecord(cursor);
  return readBare(cursor);
}

function readBare(cursor: Cursor): TypedJson {
  const [word] = take(
    cursor,
    /-?(?:NaN|Infinity|\d+(?:\.\d+)?(?:e[+-]?\d+)?[\p{L}\d]*|[A-Za-z]+)/uy,
  );
  if (word === "NONE") return { $none: true };
  if (word === "NULL") return null;
  if (word === "true" || word === "false") return word === "true";
  return typedNumber(word) ?? fail();
}

function readQuoted(cursor: Cursor): TypedJson {
  const [text, prefix = ""] = take(cursor, /([sdubrf]?)(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")/sy);
  const inner = unquoteString(text);
  if (prefix === "d") return { $datetime: inner };
  if (prefix === "u") return { $uuid: inner };
  if (prefix === "b") return { $bytes: inner };
  if (prefix === "f") return { $file: inner };
  return prefix === "r" ? fail() : inner;
}

function readList(cursor: Cursor, open: string, close: string): TypedJson[] {
  eat(cursor, open);
  const values: TypedJson[] = [];
  for (;;) {
    skipSpace(cursor);
    if (eat(cursor, close)) return values;
    // An empty set is written `{,}`.
    if (eat(cursor, ",")) continue;
    values.push(readValue(cursor));
    skipSpace(cursor);
    if (!isAhead(cursor, close) && !eat(cursor, ",")) fail();
  }
}

function readSet(cursor: Cursor): TypedJson {
  return { $set: readList(cursor, "{", "}") };
}

function readObject(cursor: Cursor): TypedJson {
  eat(cursor, "{");
  const entries: [string, TypedJson][] = [];
  for (;;) {
    skipSpace(cursor);
    if (eat(cursor, "}")) break;
    const [key] = take(cursor, /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`|\w+/suy);
    if (!eat(cursor, ":")) fail();
    entries.push([
      /^["']/.test(key) ? unquoteString(key) : unquoteIdentifier(key),
      readValue(cursor),
    ]);
    skipSpace(cursor);
    if (!isAhead(cursor, "}") && !eat(cursor, ",")) fail();
  }
  // As own properties, `__proto__` too.
  const object = Object.fromEntries(entries);
  return entries.some(([key]) => key.startsWith("$")) ? { $object: object } : object;
}

function readPoint(cursor: Cursor): TypedJson {
  const [, x = "", y = ""] = take(cursor, /\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\)/y);
  return { type: "Point", coordinates: [typedNumber(x) ?? fail(), typedNumber(y) ?? fail()] };
}

function readRecord(cursor: Cursor): TypedJson {
  const [, table = ""] = take(cursor, /(`(?:\\.|[^`\\])*`|\w+):/suy);
  return { $record: { table: unquoteIdentifier(table), key: readRange(cursor, readKey) } };
}

/** A bare word is a text in a key, and so are digits with letters behind them. */
function readKey(cursor: Cursor): TypedJson {
  const { text, at } = cursor;
  if (text[at] === "[") return readList(cursor, "[", "]");
  if (text[at] === "{") return readObject(cursor);
  if (/^u["']/.test(text.slice(at, at + 2))) return readQuoted(cursor);
  const [key] = take(cursor, /`(?:\\.|[^`\\])*`|-?\w+/suy);
  return /^-?\d+$/.test(key) ? (typedNumber(key) ?? fail()) : unquoteIdentifier(key);
}

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? "")) cursor.at += 1;
}

function isAhead({ text, at }: Cursor, symbol: string): boolean {
  return text.startsWith(symbol, at);
}

function eat(cursor: Cursor, symbol: string): boolean {
  if (!isAhead(cursor, symbol)) return false;
  cursor.at += symbol.length;
  return true;
}

/** Moves past what a sticky pattern finds here. */
function take(cursor: Cursor, pattern: RegExp): RegExpExecArray {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text) ?? fail();
  cursor.at = pattern.lastIndex;
  return found;
}

function fail(): never {
  throw unreadable;
}
