import { readList } from "./groups.ts";
import { readPathNames } from "./operand.ts";
import { eatSymbol, isSymbol } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/**
 * Reads the functions behind `MIDDLEWARE`. They run for each request, but their arguments are evaluated
 * when the definition is run.
 */
export function readMiddleware(reader: Reader, scope: Scope): void {
  do {
    readPathNames(reader);
    if (isSymbol(reader, "(")) readList(reader, { ...scope, contained: true });
  } while (eatSymbol(reader, ","));
}
