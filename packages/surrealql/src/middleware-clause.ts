import { readList } from "./groups.ts";
import { eatSymbol, isName, isSymbol } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/**
 * Reads the functions behind `MIDDLEWARE`. They run for each request, but their arguments are evaluated
 * when the definition is run.
 */
export function readMiddleware(reader: Reader, scope: Scope): void {
  do {
    while (isName(reader)) {
      reader.at++;
      eatSymbol(reader, "::");
    }
    if (isSymbol(reader, "(")) readList(reader, { ...scope, contained: true });
  } while (eatSymbol(reader, ","));
}
