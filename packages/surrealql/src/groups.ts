import { eatSymbol, eatWords, giveUp, isName, isSymbol, peek, readInside } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads `( … )`, `[ … ]` or the arguments of a call: expressions with commas between. */
export function readList(reader: Reader, scope: Scope): void {
  readInside(reader, scope, () => {
    reader.expression(reader, scope, true);
    eatSymbol(reader, ";");
  });
}

/** Reads `[ … ]` after an operand: an index, a `WHERE`, `*` or `$`. */
export function readIndex(reader: Reader, scope: Scope): void {
  readInside(reader, scope, () => {
    if (!eatWords(reader, "WHERE")) eatSymbol(reader, "?");
    reader.expression(reader, scope, true);
  });
}

/**
 * Reads `{ … }` where an operand is due: an object when a key comes first, else a set or a block. Here
 * the engine lets the semicolon behind the first statement be missing; we do behind a `}`.
 */
export function readBraces(reader: Reader, scope: Scope): void {
  const key = peek(reader, 1)?.kind;
  const isObject =
    isSymbol(reader, ":", 2) && (isName(reader, 1) || key === "string" || key === "number");
  readInside(reader, scope, () => {
    if (isObject) return readEntries(reader, scope);
    eatSymbol(reader, ",");
    reader.expression(reader, scope, true);
    const closed = reader.tokens[reader.at - 1]?.text === "}";
    if (closed || reader.at === reader.end || isSymbol(reader, ";")) readBlock(reader, scope);
  });
}

/** Reads `{ … }` as statements, where only a block can stand. */
export function readBody(reader: Reader, scope: Scope): void {
  if (!isSymbol(reader, "{")) return giveUp(reader, scope);
  readInside(reader, scope, () => readBlock(reader, scope));
}

function readBlock(reader: Reader, scope: Scope): void {
  while (reader.at < reader.end) {
    if (eatSymbol(reader, ";")) continue;
    reader.expression(reader, scope, true);
    if (reader.at < reader.end && !isSymbol(reader, ";")) return giveUp(reader, scope);
  }
}

function readEntries(reader: Reader, scope: Scope): void {
  while (reader.at < reader.end) {
    reader.at++;
    if (!eatSymbol(reader, ":")) return giveUp(reader, scope);
    reader.expression(reader, scope);
    if (reader.at < reader.end && !eatSymbol(reader, ",")) return giveUp(reader, scope);
  }
}
