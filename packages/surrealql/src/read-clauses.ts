import { flag, type ClauseReader } from "./clause-readers.ts";
import { eatSymbol, eatWords, isName, isSymbol, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

const one: ClauseReader = (reader, scope) => reader.expression(reader, scope);
const several: ClauseReader = (reader, scope) => reader.expression(reader, scope, true);

/** The clauses of the statements that read and write records, behind their word. */
const clauses: Readonly<Record<string, ClauseReader>> = {
  SET: several,
  UNSET: several,
  CONTENT: one,
  MERGE: one,
  PATCH: one,
  REPLACE: one,
  VALUES: several,
  UNIQUE: flag,
  ON: behind(["DUPLICATE", "KEY", "UPDATE"], several),
  OMIT: several,
  FIELD: several,
  WITH: readWith,
  WHERE: one,
  SPLIT: behind(["ON"], several),
  GROUP: behind(["BY"], several),
  ORDER: behind(["BY"], readOrder),
  LIMIT: behind(["BY"], one),
  START: behind(["AT"], one),
  FETCH: several,
  RETURN: readFields,
  VERSION: one,
  TIMEOUT: one,
  TEMPFILES: flag,
  PARALLEL: flag,
  EXPLAIN: behind(["ANALYZE", "FULL"], flag),
};

/** A clause with words that may stand before what it takes. */
function behind(words: readonly string[], read: ClauseReader): ClauseReader {
  return (reader, scope) => {
    for (const word of words) eatWords(reader, word);
    read(reader, scope);
  };
}

/** Reads the clauses behind the targets of a statement, up to the first word that is none. */
export function readClauses(reader: Reader, scope: Scope): void {
  for (;;) {
    const clause = clauses[peekWord(reader)];
    if (clause === undefined) return;
    reader.at++;
    clause(reader, scope);
  }
}

/** Reads the fields behind `SELECT` or `RETURN`, with their aliases. */
export function readFields(reader: Reader, scope: Scope): void {
  eatWords(reader, "VALUE");
  do {
    reader.expression(reader, scope);
    if (eatWords(reader, "AS")) skipAlias(reader);
  } while (eatSymbol(reader, ","));
}

function skipAlias(reader: Reader): void {
  while (isName(reader) || isSymbol(reader, "*")) {
    reader.at++;
    if (!eatSymbol(reader, ".")) return;
  }
}

function readOrder(reader: Reader, scope: Scope): void {
  do {
    reader.expression(reader, scope);
    while (eatWords(reader, "COLLATE") || eatWords(reader, "NUMERIC"));
    if (/^(ASC|DESC)(ENDING)?$/.test(peekWord(reader))) reader.at++;
  } while (eatSymbol(reader, ","));
}

function readWith(reader: Reader): void {
  if (eatWords(reader, "NOINDEX") || eatWords(reader, "NO", "INDEX")) return;
  if (!eatWords(reader, "INDEX")) return;
  do reader.at++;
  while (eatSymbol(reader, ","));
}

/** Reads what `->( … )` selects: tables and clauses, or a `SELECT`. */
export function readSelection(reader: Reader, scope: Scope): void {
  readFields(reader, scope);
  readClauses(reader, scope);
}
