import { effectOfMethod } from "./effects.ts";
import { readIndex, readList, readPicked } from "./groups.ts";
import { eatSymbol, isName, isSymbol, note, peek, readInside } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import { readSelection } from "./clauses.ts";

/** Reads what continues an operand: members, indexes, calls, and paths through the graph. */
export function readTail(reader: Reader, scope: Scope): void {
  for (;;) {
    if (isSymbol(reader, "(")) readList(reader, scope);
    else if (isSymbol(reader, "[")) readIndex(reader, scope);
    else if (isGraphStart(reader)) readGraph(reader, scope);
    else if (eatSymbol(reader, ".")) readMember(reader, scope);
    else if (isSymbol(reader, "...") || isSymbol(reader, "…") || isOptional(reader)) reader.at++;
    else return;
  }
}

function readMember(reader: Reader, scope: Scope): void {
  const token = peek(reader);
  if (isSymbol(reader, "{")) return readPicked(reader, scope);
  if (isSymbol(reader, "(") || isSymbol(reader, "[")) return;
  reader.at++;
  if (token?.kind !== "word" || !isSymbol(reader, "(")) return;
  const name = effectOfMethod(token.text);
  if (name !== undefined) note(reader, scope, { effect: "call", name });
}

/** `?.` and `.?.` go on when there is something; a `?` of its own belongs to an operator. */
function isOptional(reader: Reader): boolean {
  return isSymbol(reader, "?") && isSymbol(reader, ".", 1);
}

/** Says whether a path through the graph starts or goes on: `->`, and `<-`, `<->`, `<~` without a gap. */
export function isGraphStart(reader: Reader): boolean {
  if (isSymbol(reader, "->")) return true;
  const next = peek(reader, 1);
  if (!isSymbol(reader, "<") || next?.start !== peek(reader)?.end) return false;
  return next !== undefined && ["-", "->", "~"].includes(next.text);
}

/** Reads an arrow and the tables behind it. */
export function readGraph(reader: Reader, scope: Scope): void {
  reader.at += isSymbol(reader, "->") ? 1 : 2;
  if (isName(reader) || isSymbol(reader, "?")) reader.at++;
  else if (isSymbol(reader, "("))
    readInside(reader, scope, (inner) => readSelection(reader, inner));
}
