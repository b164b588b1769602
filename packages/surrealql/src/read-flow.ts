import { readClauses, readFields } from "./read-clauses.ts";
import { readBody } from "./groups.ts";
import { eatSymbol, eatWords, giveUp, isSymbol, note, peek, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import { skipType } from "./type.ts";

/** Reads `SELECT` behind its word. What its fields and clauses do, they do for each record there is. */
export function readSelect(reader: Reader, scope: Scope): void {
  const perRecord = { ...scope, conditional: true };
  readFields(reader, perRecord);
  if (eatWords(reader, "OMIT")) reader.expression(reader, perRecord, true);
  if (!eatWords(reader, "FROM")) return giveUp(reader, scope);
  eatWords(reader, "ONLY");
  reader.expression(reader, scope, true);
  readClauses(reader, perRecord);
}

/** Reads `IF` behind its word, in both forms: `IF a { } ELSE { }` and `IF a THEN b ELSE c END`. */
export function readIf(reader: Reader, scope: Scope): void {
  const branch = { ...scope, conditional: true };
  reader.expression(reader, scope);
  const worded = eatWords(reader, "THEN");
  readBranch(reader, branch, worded);
  while (eatWords(reader, "ELSE")) {
    if (eatWords(reader, "IF")) {
      reader.expression(reader, branch);
      if (worded) eatWords(reader, "THEN");
    }
    readBranch(reader, branch, worded);
  }
  if (worded && !eatWords(reader, "END")) giveUp(reader, scope);
}

function readBranch(reader: Reader, scope: Scope, worded: boolean): void {
  if (!worded) return readBody(reader, scope);
  reader.expression(reader, scope);
  eatSymbol(reader, ";");
}

/** Reads `FOR` behind its word. */
export function readFor(reader: Reader, scope: Scope): void {
  if (peek(reader)?.kind !== "param" || peekWord(reader, 1) !== "IN") return giveUp(reader, scope);
  reader.at += 2;
  reader.expression(reader, scope);
  readBody(reader, { ...scope, conditional: true });
}

/** Reads `LET` behind its word. */
export function readLet(reader: Reader, scope: Scope): void {
  if (peek(reader)?.kind !== "param") return giveUp(reader, scope);
  reader.at++;
  if (eatSymbol(reader, ":")) skipType(reader);
  if (!eatSymbol(reader, "=")) return giveUp(reader, scope);
  reader.expression(reader, scope);
}

/** Reads `RETURN` behind its word. Where nothing smaller contains it, it ends the transaction early. */
export function readReturn(reader: Reader, scope: Scope): void {
  if (!scope.contained) note(reader, scope, { effect: "control", word: "RETURN" });
  reader.expression(reader, scope);
  if (eatWords(reader, "FETCH")) reader.expression(reader, scope, true);
}

/** Reads `EXPLAIN` behind its word: what it explains is run only on demand. */
export function readExplain(reader: Reader, scope: Scope): void {
  eatWords(reader, "ANALYZE");
  if (eatWords(reader, "FORMAT")) reader.at++;
  reader.expression(reader, { ...scope, conditional: true });
}

/** Reads `INFO` behind its word. */
export function readInfo(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "FOR")) return giveUp(reader, scope);
  if (!/^(ROOT|KV|NS|NAMESPACE|DB|DATABASE)$/.test(peekWord(reader))) {
    reader.at++;
    reader.expression(reader, scope);
  } else {
    reader.at++;
  }
  if (eatWords(reader, "ON")) {
    eatWords(reader, "TABLE");
    reader.expression(reader, scope);
  }
  if (eatWords(reader, "VERSION")) reader.expression(reader, scope);
  eatWords(reader, "STRUCTURE");
}

/** Reads `SLEEP` behind its word; with a `(` it is a function. */
export function readSleep(reader: Reader, scope: Scope): void {
  note(reader, scope, { effect: "control", word: "SLEEP" });
  if (!isSymbol(reader, ";")) reader.at++;
}
