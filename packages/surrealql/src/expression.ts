import { readClosure, skipCast } from "./closure.ts";
import { readBraces, readList } from "./groups.ts";
import { readNamed } from "./operand.ts";
import { isGraphStart, readGraph, readTail } from "./postfix.ts";
import { eatSymbol, eatWords, giveUp, isSymbol, note, peek, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** The engine itself gives up far earlier. */
const maxDepth = 200;

/** Symbols before an operand. */
const prefixes = new Set(["!", "+", "-", "..", "="]);
/** Symbols that are an operand: `*`, the current document, the last index, any table. */
const standIns = new Set(["*", "@", "$", "?"]);
/** Operators whose right side may not be evaluated. */
const lazy = new Set(["||", "&&", "?:", "OR", "AND"]);
/** Words between two operands. */
const infixes = new Set(
  (
    "AND OR IS NOT IN INSIDE NOTINSIDE ALLINSIDE ANYINSIDE NONEINSIDE CONTAINS CONTAINSNOT CONTAINSALL " +
    "CONTAINSANY CONTAINSNONE OUTSIDE INTERSECTS MATCHES"
  ).split(" "),
);
const enders = new Set([";", ":", ")", "]", "}", "{", "|"]);

/**
 * Reads one expression as far as it goes, or several with commas between: it stops in front of the
 * first token that cannot continue it, and leaves it to the caller whether that may stand there.
 */
export function readExpression(reader: Reader, scope: Scope, commas = false): void {
  if (scope.depth > maxDepth) return giveUp(reader, scope);
  const outer = { ...scope, depth: scope.depth + 1 };
  let inner = outer;
  while (reader.at < reader.end) {
    if (!readOperand(reader, inner)) return;
    readTail(reader, inner);
    const word = peekWord(reader);
    const operator = word === "" ? peek(reader)?.text : word;
    if (operator === "," && commas) {
      inner = outer;
      reader.at++;
    } else if (!readInfix(reader)) {
      return;
    } else if (operator !== undefined && (lazy.has(operator) || operator === "?")) {
      inner = { ...outer, conditional: true };
    }
  }
}

/** Reads an operand and what stands before it. Says whether there was anything. */
function readOperand(reader: Reader, scope: Scope): boolean {
  const start = reader.at;
  for (;;) {
    const token = peek(reader);
    if (token?.kind !== "symbol") break;
    if (prefixes.has(token.text)) reader.at++;
    else if (token.text === "<" && !isGraphStart(reader)) skipCast(reader, scope);
    else break;
  }
  return readBareOperand(reader, scope) || reader.at > start;
}

function readBareOperand(reader: Reader, scope: Scope): boolean {
  const token = peek(reader);
  if (token === undefined) return false;
  if (token.kind === "symbol") return readSymbolOperand(reader, scope, token.text);
  if (token.kind === "word" || token.kind === "name") {
    if (!reader.statement(reader, scope)) readNamed(reader, scope);
  } else if (token.kind === "invalid" || token.kind === "script") {
    giveUp(reader, scope);
  } else {
    reader.at++;
    const isCall = token.kind === "param" && isSymbol(reader, "(");
    if (isCall) note(reader, scope, { effect: "call", name: token.text });
  }
  return true;
}

function readSymbolOperand(reader: Reader, scope: Scope, text: string): boolean {
  if (text === "(" || text === "[") readList(reader, scope);
  else if (text === "{") readBraces(reader, scope);
  else if (text === "|" || text === "||") readClosure(reader, scope);
  else if (isGraphStart(reader)) readGraph(reader, scope);
  else if (standIns.has(text)) reader.at++;
  else return false;
  return true;
}

/** Moves past an operator between two operands. */
function readInfix(reader: Reader): boolean {
  const token = peek(reader);
  if (token?.kind === "word") {
    if (!infixes.has(token.text.toUpperCase())) return false;
    if (!eatWords(reader, "IS", "NOT") && !eatWords(reader, "NOT", "IN")) reader.at++;
    return true;
  }
  if (token?.kind !== "symbol" || enders.has(token.text) || token.text === ",") return false;
  if (token.text === "<|") return skipTo(reader, "|") && eatSymbol(reader, ">");
  if (token.text === "@") return skipTo(reader, "@");
  reader.at++;
  if (token.text === "?") eatSymbol(reader, "?");
  return true;
}

/** Moves behind the next such symbol; the parameters of an operator are few. */
function skipTo(reader: Reader, text: string): boolean {
  for (let ahead = 1; ahead < 6; ahead++) {
    if (!isSymbol(reader, text, ahead)) continue;
    reader.at += ahead + 1;
    return true;
  }
  return false;
}
