import { eatSymbol, eatWords, isSymbol, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads `NONE`, `FULL`, or `FOR select, create WHERE …, FOR delete NONE` behind `PERMISSIONS`. */
export function readPermissions(reader: Reader, scope: Scope): void {
  if (peekWord(reader) !== "FOR") return readRights(reader, scope);
  while (eatWords(reader, "FOR")) {
    skipActions(reader);
    readRights(reader, scope);
    if (peekWord(reader, 1) === "FOR") eatSymbol(reader, ",");
  }
}

/** Reads `NONE`, `FULL` or `WHERE …`. */
export function readRights(reader: Reader, scope: Scope): void {
  if (eatWords(reader, "NONE") || eatWords(reader, "FULL")) return;
  if (eatWords(reader, "WHERE")) reader.expression(reader, scope);
}

/** Moves past `select, create` or `get, post`, and says which they were. */
export function skipActions(reader: Reader): readonly string[] {
  const actions = [];
  do {
    actions.push(peekWord(reader));
    reader.at++;
  } while (eatSymbol(reader, ","));
  return actions;
}

/** Reads `FOR TOKEN 15m, FOR SESSION 12h` behind `DURATION`. */
export function readDurations(reader: Reader, scope: Scope): void {
  while (eatWords(reader, "FOR")) {
    reader.at++;
    reader.expression(reader, scope);
    if (isSymbol(reader, ",") && peekWord(reader, 1) === "FOR") reader.at++;
  }
}
