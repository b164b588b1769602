import { objectKind } from "./object-kind.ts";
import { readObject } from "./object-name.ts";
import { readDefinitionClauses } from "./read-definition-clauses.ts";
import { eatWords, giveUp, isSymbol, note, peekWord, skipStatement } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { ObjectReference } from "./reading.ts";

/** Reads `DEFINE` behind its word. */
export function readDefine(reader: Reader, scope: Scope): void {
  const kind = objectKind(peekWord(reader));
  if (kind === undefined) return giveUp(reader, scope);
  reader.at++;
  const mode = eatWords(reader, "IF", "NOT", "EXISTS")
    ? "if-not-exists"
    : eatWords(reader, "OVERWRITE")
      ? "overwrite"
      : "plain";
  const object = readObject(reader, kind);
  if (object === undefined) return giveUp(reader, scope);
  const clauses = readDefinitionClauses(reader, scope, kind);
  note(reader, scope, { effect: "define", object, mode, clauses });
  noteMigration(reader, scope, object, clauses);
}

/** A field whose values are migrated as it is defined rewrites the records of its table. */
function noteMigration(
  reader: Reader,
  scope: Scope,
  { table }: ObjectReference,
  clauses: Readonly<Record<string, string>>,
): void {
  if (table === undefined || clauses["MIGRATE"] === undefined) return;
  note(reader, scope, { effect: "write", verb: "update", tables: [table] });
}

/** Reads `REMOVE` behind its word. */
export function readRemove(reader: Reader, scope: Scope): void {
  const kind = objectKind(peekWord(reader));
  if (kind === undefined) return giveUp(reader, scope);
  reader.at++;
  eatWords(reader, "AND", "EXPUNGE");
  const ifExists = eatWords(reader, "IF", "EXISTS");
  const object = readObject(reader, kind);
  if (object === undefined) return giveUp(reader, scope);
  if (isSymbol(reader, "(") && isSymbol(reader, ")", 1)) reader.at += 2;
  note(reader, scope, { effect: "remove", object, ifExists });
}

/** Reads `ALTER` behind its word. What it alters beyond the database's schema is a control. */
export function readAlter(reader: Reader, scope: Scope): void {
  const word = peekWord(reader);
  const kind = objectKind(word);
  if (word === "SYSTEM" || kind === "namespace" || kind === "database") {
    note(reader, scope, { effect: "control", word: `ALTER ${word}` });
    return skipStatement(reader);
  }
  if (kind === undefined) return giveUp(reader, scope);
  reader.at++;
  eatWords(reader, "IF", "EXISTS");
  const object = readObject(reader, kind);
  if (object === undefined) return giveUp(reader, scope);
  const clauses = readDefinitionClauses(reader, scope, kind, true);
  note(reader, scope, { effect: "alter", object, clauses });
  noteMigration(reader, scope, object, clauses);
}

/** Reads `REBUILD` behind its word. */
export function readRebuild(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "INDEX")) return giveUp(reader, scope);
  eatWords(reader, "IF", "EXISTS");
  const object = readObject(reader, "index");
  if (object === undefined) return giveUp(reader, scope);
  eatWords(reader, "CONCURRENTLY");
  note(reader, scope, { effect: "rebuild", object });
}
