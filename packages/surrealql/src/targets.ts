import { isSymbol, peekName } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

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

/** `user`, `user:1`, `user:1..5` and `|user:10|` say their table; all else is computed. */
function readTarget(reader: Reader, scope: Scope): string | undefined {
  const start = reader.at;
  const name = peekName(reader, isSymbol(reader, "|") ? 1 : 0);
  const hasKey = isSymbol(reader, "|") || isSymbol(reader, ":", 1);
  reader.expression(reader, scope);
  const isDirect = hasKey ? !leadsOn(reader, start) : reader.at === start + 1;
  return isDirect ? name : undefined;
}

/** Says whether a record id is only where a path starts: `user:1->likes`, `user:1.friend`. */
function leadsOn(reader: Reader, start: number): boolean {
  for (let at = start; at < reader.at; at++) {
    const token = reader.tokens[at];
    if (token?.kind === "symbol" && [".", "->", "<", "?"].includes(token.text)) return true;
    at = reader.closing.get(at) ?? at;
  }
  return false;
}
