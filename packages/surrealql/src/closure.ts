import { readBody } from "./groups.ts";
import { eatSymbol, giveUp, isName, isSymbol, peek } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import { skipType } from "./type.ts";

/** Reads `|$a: int| …`, whose body runs when it is called, or `|user:10|`, which makes record ids. */
export function readClosure(reader: Reader, scope: Scope): void {
  const body = { ...scope, conditional: true, contained: true };
  if (!eatSymbol(reader, "||")) {
    reader.at++;
    if (isName(reader)) return skipMock(reader, scope);
    while (peek(reader)?.kind === "param") {
      reader.at++;
      if (eatSymbol(reader, ":")) skipType(reader, false);
      eatSymbol(reader, ",");
    }
    if (!eatSymbol(reader, "|")) return giveUp(reader, scope);
  }
  if (!eatSymbol(reader, "->")) return reader.expression(reader, body);
  skipType(reader);
  readBody(reader, body);
}

function skipMock(reader: Reader, scope: Scope): void {
  while (isName(reader) || peek(reader)?.kind === "number" || isMockSymbol(reader)) reader.at++;
  if (!eatSymbol(reader, "|")) giveUp(reader, scope);
}

function isMockSymbol(reader: Reader): boolean {
  return [":", "..", "=", ">", "-"].some((text) => isSymbol(reader, text));
}

/** Moves past `<type>` in front of an operand. */
export function skipCast(reader: Reader, scope: Scope): void {
  reader.at++;
  skipType(reader);
  if (!eatSymbol(reader, ">")) giveUp(reader, scope);
}
