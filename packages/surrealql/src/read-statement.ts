import { openReader } from "./open-reader.ts";
import { readAccess, readAnalyze, readShow } from "./read-top.ts";
import { eatSymbol, giveUp, isSymbol, note, peekWord, skipStatement } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { StatementReading } from "./reading.ts";

/** Statements that only stand at the top, and steer the transaction, the session or access. */
const controls = new Set("BEGIN CANCEL COMMIT KILL LIVE OPTION USE".split(" "));

/** Others that only stand there. */
const readers: Readonly<Record<string, (reader: Reader, scope: Scope) => void>> = {
  ACCESS: readAccess,
  ANALYZE: readAnalyze,
  SHOW: readShow,
};

const top: Scope = { conditional: false, contained: false, stored: false, depth: 0 };

/**
 * Reads what a statement does from its tokens: what it defines, removes and alters, which tables it
 * writes, what it calls, with all that its blocks, branches, loops, closures and subqueries contain.
 *
 * It knows the grammar of SurrealDB 2.x, 3.x and, as far as it is public, 4.0. Whatever it does not know becomes an `unknown` touch,
 * never a `read`; a statement that the engine would refuse may be read as if it were well-formed. What a
 * definition only stores (the body of a function, the `THEN` of an event, a default) is in its clauses
 * and is no touch of its own. A `RETURN` is a `control` also inside of blocks, branches and `LET`: in the text
 * of a transaction SurrealDB 3.0.2 then commits and skips the rest. Only closures, writes and
 * definitions contain it.
 *
 * @param statement One statement; several, with semicolons, are read as one after the other.
 * @returns The touches in the order in which they stand; none for an empty text.
 * @example
 * ```ts
 * readStatement("IF $old { REMOVE TABLE user }").touches;
 * // [{ effect: "remove", object: { kind: "table", name: "user" }, ifExists: false, conditional: true }]
 * ```
 */
export function readStatement(statement: string): StatementReading {
  const reader = openReader(statement);
  while (reader.at < reader.end) {
    if (eatSymbol(reader, ";")) continue;
    const before = reader.touches.length;
    readTop(reader);
    const found = reader.touches.slice(before);
    if (found.every((touch) => touch.effect === "control" && touch.word === "RETURN")) {
      note(reader, top, { effect: "read" });
    }
  }
  return { statement, touches: reader.touches };
}

function readTop(reader: Reader): void {
  const word = peekWord(reader);
  if (controls.has(word)) {
    note(reader, top, { effect: "control", word });
    skipStatement(reader);
  } else if (Object.hasOwn(readers, word)) {
    reader.at++;
    readers[word]!(reader, top);
  } else {
    reader.expression(reader, top);
  }
  if (reader.at < reader.end && !isSymbol(reader, ";")) giveUp(reader, top);
}
