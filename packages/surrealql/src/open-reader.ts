import { readExpression } from "./expression.ts";
import { readExplain, readFor, readIf, readInfo, readLet, readReturn } from "./read-flow.ts";
import { readSelect, readSleep } from "./read-flow.ts";
import { readAlter, readDefine, readRebuild, readRemove } from "./read-schema.ts";
import { readInsert, readRelate, readWrite } from "./read-writes.ts";
import { isSymbol, peekWord } from "./reader.ts";
import type { Reader, Scope } from "./reader.ts";
import type { Token } from "./token.ts";
import { significantTokens } from "./tokenize.ts";

type Read = (reader: Reader, scope: Scope) => void;

/** The statements that may stand wherever an expression may, by their first word. */
const statements: Readonly<Record<string, Read>> = {
  ALTER: readAlter,
  BREAK: () => {},
  CONTINUE: () => {},
  CREATE: (reader, scope) => readWrite(reader, scope, "create"),
  DEFINE: readDefine,
  DELETE: (reader, scope) => readWrite(reader, scope, "delete"),
  EXPLAIN: readExplain,
  FOR: readFor,
  IF: readIf,
  INFO: readInfo,
  INSERT: readInsert,
  LET: readLet,
  REBUILD: readRebuild,
  RELATE: readRelate,
  REMOVE: readRemove,
  RETURN: readReturn,
  SELECT: readSelect,
  SLEEP: readSleep,
  THROW: (reader, scope) => reader.expression(reader, scope),
  UPDATE: (reader, scope) => readWrite(reader, scope, "update"),
  UPSERT: (reader, scope) => readWrite(reader, scope, "upsert"),
};

const pairs: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** Makes the reader of a text. */
export function openReader(text: string): Reader {
  const tokens = significantTokens(text);
  return {
    text,
    tokens,
    closing: closingBrackets(tokens),
    touches: [],
    at: 0,
    end: tokens.length,
    expression: readExpression,
    statement: readStatementInside,
  };
}

function readStatementInside(reader: Reader, scope: Scope): boolean {
  const word = peekWord(reader);
  const read = Object.hasOwn(statements, word) ? statements[word] : undefined;
  if (read === undefined || (word === "SLEEP" && isSymbol(reader, "(", 1))) return false;
  reader.at++;
  read(reader, scope);
  return true;
}

function closingBrackets(tokens: readonly Token[]): Reader["closing"] {
  // No bracket closes at the first token: 0 stands for none.
  const closing = new Int32Array(tokens.length);
  const open: number[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind !== "symbol") return;
    if (text === "(" || text === "[" || text === "{") open.push(at);
    else if (text === ")" || text === "]" || text === "}") {
      const opening = open.pop();
      if (opening !== undefined && pairs[tokens[opening]!.text] === text) closing[opening] = at;
    }
  });
  return { get: (at) => closing[at] || undefined };
}
