import { eatSymbol, eatWords, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";

/** Reads `RECORD`, `JWT ALGORITHM HS512 KEY '…'` or `BEARER FOR USER` behind the `TYPE` of an access. */
export function readAccessType(reader: Reader, scope: Scope): void {
  if (eatWords(reader, "JWT")) return readJwt(reader, scope);
  if (!eatWords(reader, "RECORD") && eatWords(reader, "BEARER", "FOR")) reader.at++;
}

/** Reads what `WITH JWT` and `WITH REFRESH` take: the first an algorithm or a URL, the second nothing. */
export function readAccessWith(reader: Reader, scope: Scope): void {
  readJwt(reader, scope);
  eatSymbol(reader, ",");
}

function readJwt(reader: Reader, scope: Scope): void {
  readKeys(reader, scope);
  if (eatWords(reader, "WITH", "ISSUER")) readKeys(reader, scope);
}

function readKeys(reader: Reader, scope: Scope): void {
  for (;;) {
    const word = peekWord(reader);
    if (word === "ALGORITHM") reader.at += 2;
    else if (word === "KEY" || word === "URL") {
      reader.at++;
      reader.expression(reader, scope);
    } else return;
  }
}
