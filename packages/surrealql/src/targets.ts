import { isSymbol, peek, peekName } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import { unquoteString } from "./unquote.ts";

/**
 * Reads the targets of a statement, with commas between.
 *
 * @returns The tables they are in, each once; undefined when one of them is computed.
 */
export function readTargets(reader: Reader, scope: Scope): readonly string[] | undefined {
  const tables = new Set<string>();
  let computed = false;
  do {
    if (isSymbol(reader, ",")) reader.at++;
    const table = readTarget(reader, scope);
    if (table === undefined) computed = true;
    else tables.add(table);
  } while (isSymbol(reader, ","));
  return computed ? undefined : [...tables];
}

/** Reads one target. All but {@link literalTarget}s are computed. */
function readTarget(reader: Reader, scope: Scope): string | undefined {
  const target = literalTarget(reader);
  reader.expression(reader, scope);
  return target?.end === reader.at ? target.table : undefined;
}

/** A target that says its table, and where it ends. What goes on behind that end computes another one. */
interface Target {
  readonly table: string;
  readonly end: number;
}

/**
 * What stands next, if it says its table: `user`, `user:1`, `user:1..5`, `|user:10|`, `r'user:1'`, or
 * `type::table('user')` and `type::record('user', $key)` (`type::thing` in 2.x).
 */
export function literalTarget(reader: Reader): Target | undefined {
  const { at } = reader;
  const token = peek(reader);
  const isMock = isSymbol(reader, "|");
  const table = peekName(reader, isMock ? 1 : 0);
  if (token?.kind === "string") {
    const record = /^r(["'])([A-Za-z_]\w*):/.exec(token.text);
    return record?.[2] === undefined ? undefined : { table: record[2], end: at + 1 };
  }
  if (table === undefined) return undefined;
  if (isMock) return { table, end: mockEnd(reader) };
  if (isSymbol(reader, "::", 1)) return convertedTarget(reader);
  return { table, end: isSymbol(reader, ":", 1) ? rangeEnd(reader, at + 2) : at + 1 };
}

/** A call that makes a table or a record of a text that stands there. */
function convertedTarget(reader: Reader): Target | undefined {
  const { at } = reader;
  const name = `${peekName(reader)}::${peekName(reader, 2)}`.toLowerCase();
  const close = isSymbol(reader, "(", 3) ? reader.closing.get(at + 3) : undefined;
  const argument = peek(reader, 4);
  if (close === undefined || !/^s?["']/.test(argument?.text ?? "")) return undefined;
  const text = unquoteString(argument!.text);
  const isSole = close === at + 5;
  if (!isSole && !isSymbol(reader, ",", 5)) return undefined;
  const takesTable =
    name === "type::table" ? isSole : !isSole && /^type::(record|thing)$/.test(name);
  // With a colon in it, what the engine makes of it depends on its version.
  if (takesTable) return text.includes(":") ? undefined : { table: text, end: close + 1 };
  const record = name === "type::record" ? /^([A-Za-z_]\w*):/.exec(text) : null;
  return record?.[1] === undefined ? undefined : { table: record[1], end: close + 1 };
}

function mockEnd(reader: Reader): number {
  let at = reader.at + 1;
  while (at < reader.end && reader.tokens[at]?.text !== "|") at++;
  return at + 1;
}

/** Where a record id or a range of them ends that has its key at an index. */
function rangeEnd(reader: Reader, key: number): number {
  const end = keyEnd(reader, key);
  const dots = reader.tokens[end]?.text === ">" ? end + 1 : end;
  if (reader.tokens[dots]?.text !== "..") return end;
  const bound = reader.tokens[dots + 1]?.text === "=" ? dots + 2 : dots + 1;
  const isOpen = reader.tokens[bound]?.start !== reader.tokens[bound - 1]?.end;
  return isOpen ? bound : keyEnd(reader, bound);
}

function keyEnd(reader: Reader, key: number): number {
  const token = reader.tokens[key];
  if (token === undefined || key >= reader.end) return key;
  if (token.kind === "symbol") {
    if (token.text === "-" || token.text === "+") return key + 2;
    const close = reader.closing.get(key);
    return close === undefined ? key : close + 1;
  }
  const close = reader.tokens[key + 1]?.text === "(" ? reader.closing.get(key + 1) : undefined;
  return close === undefined ? key + 1 : close + 1;
}
