import { eatSymbol, giveUp, isName, isSymbol, peek } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import { readBody } from "./groups.ts";
import { skipType } from "./type.ts";

/** Reads `|$a: int| …`, whose body runs when it is called, or `|user:10|`, which makes record ids. */
export function readClosure(reader: Reader, scope: Scope): void {
  const body = { ...scope, conditional: true, contained: true };
  if (!eatSymbol(reader, "||")) {
    reader.at++;
    if (isName(reader)) return skipMock(reader, scope);
    while (peek(reader)?.kind === "param") {
      reader.at++;
      if (eatSymbol(reader, ":")) skipParameterType(reader);
      eatSymbol(reader, ",");
    }
    if (!eatSymbol(reader, "|")) return giveUp(reader, scope);
  }
  if (!eatSymbol(reader, "->")) return reader.expression(reader, body);
  skipType(reader);
  readBody(reader, body);
}

/** The type of a parameter ends at the `|` of the closure, unless it stands in `<>`. */
function skipParameterType(reader: Reader): void {
  const { end } = reader;
  let depth = 0;
  for (let ahead = 0; peek(reader, ahead) !== undefined; ahead++) {
    if (isSymbol(reader, "<", ahead)) depth++;
    else if (isSymbol(reader, ">", ahead)) depth--;
    else if (depth === 0 && isSymbol(reader, "|", ahead)) {
      reader.end = reader.at + ahead;
      break;
    }
  }
  skipType(reader);
  reader.end = end;
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
