import { readSelection } from "./read-clauses.ts";
import { effectOfMethod } from "./effects.ts";
import { readIndex, readList } from "./groups.ts";
import { readRecordId } from "./operand.ts";
import { eatSymbol, giveUp, isName, isSymbol, note, peek, peekName, readInside } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads what continues an operand: members, indexes, calls, and paths through the graph. */
export function readTail(reader: Reader, scope: Scope): void {
  if (reader.tokens[reader.at - 1]?.text === "@" && isSymbol(reader, "{"))
    readPicked(reader, scope);
  for (;;) {
    if (isSymbol(reader, "(")) readList(reader, scope);
    else if (isSymbol(reader, "[")) readIndex(reader, scope);
    else if (isGraphStart(reader)) readGraph(reader, scope);
    else if (eatSymbol(reader, ".")) readMember(reader, scope);
    else if (isSymbol(reader, "...") || isSymbol(reader, "…") || isOptional(reader)) reader.at++;
    else if (isOpenRange(reader)) reader.at += isSymbol(reader, "..") ? 1 : 2;
    else return;
  }
}

/** Reads `.{ … }`, which picks fields or repeats a path `( … )`. */
function readPicked(reader: Reader, scope: Scope): void {
  readInside(reader, scope, () => {
    if (peek(reader)?.kind === "number" || isSymbol(reader, "..")) readRepetition(reader, scope);
    else while (reader.at < reader.end) readPick(reader, scope);
  });
  if (isSymbol(reader, "(")) readInside(reader, scope, () => readTail(reader, scope));
}

/** Reads `1..5+shortest=user:1`, `..+collect+inclusive`. */
function readRepetition(reader: Reader, scope: Scope): void {
  while (peek(reader)?.kind === "number" || isSymbol(reader, "..")) reader.at++;
  while (eatSymbol(reader, "+")) {
    if (isName(reader)) reader.at++;
    if (eatSymbol(reader, "=")) reader.expression(reader, scope);
  }
}

/** Reads `name`, `name.*`, `name.{ … }` or `name: …`, where anything can stand. */
function readPick(reader: Reader, scope: Scope): void {
  if (!isName(reader)) return giveUp(reader, scope);
  reader.at++;
  if (eatSymbol(reader, ":")) reader.expression(reader, scope);
  else if (eatSymbol(reader, ".") && !eatSymbol(reader, "*")) {
    if (!isSymbol(reader, "{")) return giveUp(reader, scope);
    readPicked(reader, scope);
  }
  if (reader.at < reader.end && !eatSymbol(reader, ",")) giveUp(reader, scope);
}

function readMember(reader: Reader, scope: Scope): void {
  if (isSymbol(reader, "{")) return readPicked(reader, scope);
  if (isSymbol(reader, "(") || isSymbol(reader, "[")) return;
  const method = isSymbol(reader, "(", 1) ? peekName(reader) : undefined;
  reader.at++;
  const name = method === undefined ? undefined : effectOfMethod(method);
  if (name !== undefined) note(reader, scope, { effect: "call", name });
}

/** `?.` and `.?.` go on when there is something; a `?` of its own belongs to an operator. */
function isOptional(reader: Reader): boolean {
  return isSymbol(reader, "?") && isSymbol(reader, ".", 1);
}

/** A range with no end: `1..` and `1>..`, when no bound follows without a gap. */
function isOpenRange(reader: Reader): boolean {
  const ahead = isSymbol(reader, ">") ? 1 : 0;
  if (!isSymbol(reader, "..", ahead)) return false;
  const next = peek(reader, ahead + 1);
  return next?.start !== peek(reader, ahead)?.end || next?.text === ",";
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
  if (isName(reader) && isSymbol(reader, ":", 1)) readRecordId(reader, scope);
  else if (isName(reader) || isSymbol(reader, "?")) reader.at++;
  else if (isSymbol(reader, "(")) readInside(reader, scope, () => readSelection(reader, scope));
}
