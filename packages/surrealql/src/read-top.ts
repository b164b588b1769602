import { eatSymbol, eatWords, giveUp, note, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

const accessVerbs = new Set(["GRANT", "SHOW", "REVOKE", "PURGE"]);

/** Reads `ACCESS` behind its word. To show grants reads, everything else steers who may sign in. */
export function readAccess(reader: Reader, scope: Scope): void {
  reader.at++;
  if (eatWords(reader, "ON")) reader.at++;
  const verb = peekWord(reader);
  if (!accessVerbs.has(verb)) return giveUp(reader, scope);
  reader.at++;
  if (verb !== "SHOW") note(reader, scope, { effect: "control", word: `ACCESS ${verb}` });
  if (verb === "PURGE") return readPurge(reader, scope);
  if (eatWords(reader, "ALL")) return;
  if (eatWords(reader, "GRANT")) reader.at++;
  else if (eatWords(reader, "FOR", "USER")) reader.at++;
  else if (eatWords(reader, "FOR", "RECORD") || eatWords(reader, "WHERE"))
    reader.expression(reader, scope);
}

function readPurge(reader: Reader, scope: Scope): void {
  while (eatWords(reader, "EXPIRED") || eatWords(reader, "REVOKED")) eatSymbol(reader, ",");
  if (eatWords(reader, "FOR")) reader.expression(reader, scope);
}

/** Reads `ANALYZE INDEX … ON …` of 2.x behind its first word. */
export function readAnalyze(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "INDEX") || peekWord(reader, 1) !== "ON") return giveUp(reader, scope);
  reader.at += 3;
}

/** Reads `SHOW CHANGES FOR …` behind its first word. */
export function readShow(reader: Reader, scope: Scope): void {
  if (!eatWords(reader, "CHANGES", "FOR")) return giveUp(reader, scope);
  if (!eatWords(reader, "DATABASE")) {
    eatWords(reader, "TABLE");
    reader.at++;
  }
  if (eatWords(reader, "SINCE")) reader.expression(reader, scope);
  if (eatWords(reader, "LIMIT")) reader.expression(reader, scope);
}
