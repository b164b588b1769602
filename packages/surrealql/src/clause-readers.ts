import { readPermissions, readRights } from "./permissions.ts";
import { eatSymbol, isName, isSymbol, peek, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads what a clause takes, behind its word. */
export type ClauseReader = (reader: Reader, scope: Scope) => void;

/** A clause that is only a word. */
export const flag: ClauseReader = () => {};

/** An expression that is stored with the definition and runs later. */
export const stored: ClauseReader = (reader, scope) =>
  reader.expression(reader, { ...scope, stored: true });

/** Several of them, with commas between. */
export const storedList: ClauseReader = (reader, scope) =>
  reader.expression(reader, { ...scope, stored: true }, true);

/** An expression that the engine evaluates when it runs the definition. */
export const evaluated: ClauseReader = (reader, scope) =>
  reader.expression(reader, { ...scope, contained: true });

/** Several of them, with commas between. */
export const evaluatedList: ClauseReader = (reader, scope) =>
  reader.expression(reader, { ...scope, contained: true }, true);

/** An expression that the engine evaluates for each record there is when it runs the definition. */
export const perRecord: ClauseReader = (reader, scope) =>
  evaluated(reader, { ...scope, conditional: true });

/** `NONE`, `FULL`, or a condition for each kind of action. */
export const permissions: ClauseReader = (reader, scope) =>
  readPermissions(reader, { ...scope, stored: true });

/** `NONE`, `FULL`, or one condition. */
export const rights: ClauseReader = (reader, scope) =>
  readRights(reader, { ...scope, stored: true });

/** One number, name or string. */
export const literal: ClauseReader = (reader) => {
  const kind = peek(reader)?.kind;
  if (isName(reader) || kind === "number" || kind === "string") reader.at++;
};

/** Names with `,` or `|` between. */
export const names: ClauseReader = (reader) => {
  while (isName(reader)) {
    reader.at++;
    if (!eatSymbol(reader, ",") && !eatSymbol(reader, "|")) return;
  }
};

/**
 * Known words in any order, with their numbers, arguments and commas; a word that ends in `=` in the
 * list takes a name of any kind.
 */
export const options = (list: string): ClauseReader => {
  const known = new Set(list.split(" "));
  return (reader) => {
    for (;;) {
      const word = peekWord(reader);
      const close = isSymbol(reader, "(") ? reader.closing.get(reader.at) : undefined;
      if (known.has(`${word}=`)) reader.at += 2;
      else if (known.has(word) || peek(reader)?.kind === "number") reader.at++;
      else if (close !== undefined) reader.at = close + 1;
      else if (!isSymbol(reader, ",") || !known.has(peekWord(reader, 1))) return;
      else reader.at++;
    }
  };
};
