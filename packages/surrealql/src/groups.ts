import { eatSymbol, eatWords, giveUp, isName, isSymbol, peek, readInside } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads `( … )`, `[ … ]` or the arguments of a call: expressions with commas between. */
export function readList(reader: Reader, scope: Scope): void {
  readInside(reader, scope, (inner) => {
    reader.expression(reader, inner, true);
    eatSymbol(reader, ";");
  });
}

/** Reads `[ … ]` after an operand: an index, a `WHERE`, `*` or `$`. */
export function readIndex(reader: Reader, scope: Scope): void {
  readInside(reader, scope, (inner) => {
    if (!eatWords(reader, "WHERE")) eatSymbol(reader, "?");
    reader.expression(reader, inner, true);
  });
}

/** Reads `{ … }` where an operand is due: an object when a key comes first, else a block or a set. */
export function readBraces(reader: Reader, scope: Scope): void {
  const key = peek(reader, 1)?.kind;
  const isObject =
    isSymbol(reader, ":", 2) && (isName(reader, 1) || key === "string" || key === "number");
  readInside(reader, scope, (inner) => {
    if (isObject) readEntries(reader, inner);
    else readBlock(reader, inner);
  });
}

/** Reads `{ … }` as statements, where only a block can stand. */
export function readBody(reader: Reader, scope: Scope): void {
  if (!isSymbol(reader, "{")) return giveUp(reader, scope);
  readInside(reader, scope, (inner) => readBlock(reader, inner));
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

/** Reads `.{ … }`, which picks fields or repeats a path: only what it nests can do anything. */
export function readPicked(reader: Reader, scope: Scope): void {
  readInside(reader, scope, (inner) => {
    while (reader.at < reader.end) {
      if (isSymbol(reader, "(")) readList(reader, inner);
      else if (isSymbol(reader, "[")) readIndex(reader, inner);
      else reader.at++;
    }
  });
}
