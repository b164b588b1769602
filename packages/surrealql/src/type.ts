import { eatSymbol, isName, isSymbol, peek } from "./reader.ts";
import type { Reader } from "./reader.ts";

/**
 * Moves past a type: `array<record<user | post>, 10> | none`, also with literals (`'a' | 3 | { x: int }`).
 * It stops in front of what is no part of a type, and outside of `<>` in front of `|` where that ends the
 * parameters of a closure.
 */
export function skipType(reader: Reader, unions = true): void {
  let open = 0;
  for (;;) {
    if (!skipSingleType(reader)) return;
    if (eatSymbol(reader, "<")) {
      open++;
      continue;
    }
    while (open > 0 && eatSymbol(reader, ">")) open--;
    const goesOn =
      open > 0
        ? eatSymbol(reader, ",") || eatSymbol(reader, "|")
        : unions && eatSymbol(reader, "|");
    if (!goesOn) return;
  }
}

function skipSingleType(reader: Reader): boolean {
  eatSymbol(reader, "-");
  const close = reader.closing.get(reader.at);
  if ((isSymbol(reader, "{") || isSymbol(reader, "[")) && close !== undefined)
    reader.at = close + 1;
  else if (isName(reader) || isLiteral(peek(reader)?.kind)) reader.at++;
  else return false;
  return true;
}

function isLiteral(kind: string | undefined): boolean {
  return kind === "string" || kind === "number" || kind === "duration";
}
