import { readClauses } from "./read-clauses.ts";
import { readList } from "./groups.ts";
import { readNamed, readRecordId } from "./operand.ts";
import { isGraphStart } from "./postfix.ts";
import { eatWords, giveUp, isName, isSymbol, note, peek, peekName, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { WriteVerb } from "./reading.ts";
import { literalTarget, readTargets } from "./targets.ts";
import { unquoteIdentifier, unquoteString } from "./unquote.ts";

/** Reads `CREATE`, `UPDATE`, `UPSERT` or `DELETE` behind its word. */
export function readWrite(reader: Reader, scope: Scope, verb: WriteVerb): void {
  const inner = { ...scope, contained: true };
  eatWords(reader, "FROM");
  eatWords(reader, "ONLY");
  const tables = readTargets(reader, inner);
  note(reader, scope, { effect: "write", verb, tables });
  readClauses(reader, { ...inner, conditional: verb !== "create" || scope.conditional });
}

/** Reads `INSERT` behind its word. */
export function readInsert(reader: Reader, scope: Scope): void {
  const inner = { ...scope, contained: true };
  eatWords(reader, "RELATION");
  eatWords(reader, "IGNORE");
  const tables = eatWords(reader, "INTO") ? readInto(reader, inner) : undefined;
  reader.expression(reader, inner);
  if (peekWord(reader) === "VALUES") {
    reader.at++;
    reader.expression(reader, inner, true);
  }
  const updatesExisting = peekWord(reader) === "ON" ? true : undefined;
  note(reader, scope, { effect: "write", verb: "insert", tables, updatesExisting });
  readClauses(reader, inner);
}

function readInto(reader: Reader, scope: Scope): readonly string[] | undefined {
  const target = literalTarget(reader);
  if (isSymbol(reader, "::", 1)) {
    readNamed(reader, scope);
    if (isSymbol(reader, "(")) readList(reader, scope);
  } else if (isName(reader) || peek(reader)?.kind === "param") reader.at++;
  else giveUp(reader, scope);
  return target?.end === reader.at ? [target.table] : undefined;
}

/** Reads `RELATE` behind its word: `RELATE a->edge->b` and `RELATE b<-edge<-a` write the edge. */
export function readRelate(reader: Reader, scope: Scope): void {
  const inner = { ...scope, contained: true };
  eatWords(reader, "ONLY");
  const isUpdate = eatWords(reader, "OR", "UPDATE");
  readEnd(reader, inner);
  skipArrow(reader, inner);
  const edge = peekName(reader);
  const isNamed = edge === undefined || isSymbol(reader, ":", 1);
  readEnd(reader, inner);
  skipArrow(reader, inner);
  readEnd(reader, inner);
  const tables = edge === undefined ? undefined : [edge];
  const updatesExisting = isUpdate || isNamed || givesId(reader) ? true : undefined;
  note(reader, scope, { effect: "write", verb: "relate", tables, updatesExisting });
  readClauses(reader, inner);
}

/** Whether the clauses that follow may choose the id of the edge. */
function givesId(reader: Reader): boolean {
  for (let ahead = 0; peek(reader, ahead) !== undefined; ahead++) {
    if (isSymbol(reader, ";", ahead)) return false;
    if (peekWord(reader, ahead) === "CONTENT" && !isSymbol(reader, "{", ahead + 1)) return true;
    const { kind, text } = peek(reader, ahead)!;
    if (/^\.\.+$/.test(text)) return true;
    if ((kind === "string" ? unquoteString(text) : unquoteIdentifier(text)) === "id") return true;
  }
  return false;
}

/** One of the three parts of a relation: a table, a record id, a parameter, or something in brackets. */
function readEnd(reader: Reader, scope: Scope): void {
  const kind = peek(reader)?.kind;
  if (isSymbol(reader, "(") || isSymbol(reader, "[")) readList(reader, scope);
  else if (isName(reader) && isSymbol(reader, ":", 1)) readRecordId(reader, scope);
  else if (isName(reader) || kind === "param" || kind === "string") reader.at++;
  else giveUp(reader, scope);
}

function skipArrow(reader: Reader, scope: Scope): void {
  if (isGraphStart(reader)) reader.at += isSymbol(reader, "->") ? 1 : 2;
  else giveUp(reader, scope);
}
