import { kindWords } from "./object-kind.ts";
import type { Token } from "./token.ts";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

/** Words that start a statement wherever an operand is due: another one still follows. */
const starters = words(
  "RETURN SELECT IF THROW EXPLAIN CREATE UPDATE UPSERT DELETE INSERT RELATE LET DEFINE REMOVE ALTER INFO",
);

/** Words that stand after an operand and want another one. */
const infixes = words(
  "AND OR IN INSIDE NOT IS CONTAINS CONTAINSNOT CONTAINSALL CONTAINSANY CONTAINSNONE NOTINSIDE ALLINSIDE " +
    "ANYINSIDE NONEINSIDE OUTSIDE INTERSECTS MATCHES WHERE VALUE VALUES ASSERT DEFAULT ALWAYS COMPUTED WHEN " +
    "THEN ELSE CONTENT MERGE PATCH REPLACE RETURN LIMIT START VERSION TIMEOUT FROM IF OMIT SPLIT GROUP ORDER " +
    "FETCH UNSET ON COMMENT FIELDS COLUMNS SIGNUP SIGNIN AUTHENTICATE KEY URL PASSWORD PASSHASH BACKEND BATCH " +
    "TOKEN SESSION GRANT NAMESPACE NS DATABASE DB USING FALLBACK",
);

const condition = words("ONLY WHERE");

/**
 * Words that want an operand only behind a certain word or symbol, and are names elsewhere. `*ALL` is the `*`
 * that multiplies nothing, `[OF` the bracket behind an operand.
 */
const followers: Readonly<Record<string, ReadonlySet<string>>> = {
  "*ALL": words("FROM OMIT"),
  "[OF": words("WHERE"),
  SELECT: words("VALUE *ALL WHERE"),
  ",": words("*ALL"),
  EXPLAIN: words("ANALYZE"),
  CREATE: condition,
  UPDATE: condition,
  UPSERT: condition,
  RELATE: condition,
  DELETE: words("FROM ONLY WHERE THEN"),
  FROM: words("ONLY"),
  START: words("AT"),
  ORDER: words("BY"),
  GROUP: words("BY"),
  LIMIT: words("BY"),
  SPLIT: words("ON"),
  IS: words("NOT"),
  IF: words("NOT EXISTS"),
  NOT: words("IN EXISTS"),
  DEFAULT: words("ALWAYS NAMESPACE DATABASE"),
  ON: words("TABLE TB"),
  INSERT: words("RELATION IGNORE INTO"),
  RELATION: words("IGNORE INTO"),
  IGNORE: words("INTO"),
  DEFINE: kindWords,
  REMOVE: kindWords,
  ALTER: kindWords,
  FOR: new Set([...kindWords, "TOKEN", "SESSION", "GRANT"]),
  INFO: words("FOR"),
};

const closers = words(") ] } $ ... …");

/**
 * Says whether an operand is due after some tokens: there a `/` starts a regular expression,
 * elsewhere it divides. The engine's parser knows this from its grammar; this follows it by
 * the words since the last symbol or literal. Where a keyword is used as a bare name it can be wrong:
 * rather once too often, since the reading then meets two operands side by side, and says so.
 *
 * @param branches Whether the statement has a `THEN`, so that an `ELSE` may follow a semicolon.
 */
export function operandDueAfter(tokens: readonly Token[], branches: boolean): boolean {
  const run: string[] = [];
  let at = lastBefore(tokens, tokens.length);
  for (; at >= 0; at = lastBefore(tokens, at)) {
    if (tokens[at]?.kind === "word") run.push(tokens[at]!.text.toUpperCase());
    else if (isAll(tokens, at)) run.push("*ALL");
    else break;
  }
  let before = at < 0 ? "" : symbolName(tokens, at);
  let due = at < 0 || dueAfterSymbol(tokens, at);
  for (const word of run.reverse()) {
    due = (branches && before === ";" && word === "ELSE") || dueAfterWord(due, word, before);
    before = word;
  }
  return due;
}

/** The index of the last token before an index that means something; -1 when there is none. */
function lastBefore(tokens: readonly Token[], index: number): number {
  let at = index - 1;
  while (tokens[at]?.kind === "whitespace" || tokens[at]?.kind === "comment") at--;
  return at;
}

/** The `*` in `SELECT *` and `SELECT a, *`. */
function isAll(tokens: readonly Token[], at: number): boolean {
  if (tokens[at]?.text !== "*") return false;
  return /^(,|select)$/i.test(tokens[lastBefore(tokens, at)]?.text ?? "");
}

function symbolName(tokens: readonly Token[], at: number): string {
  const { text } = tokens[at]!;
  if (text !== "[") return text;
  const before = tokens[lastBefore(tokens, at)];
  const isOperand = before?.kind !== "symbol" || closers.has(before.text);
  return before !== undefined && isOperand && !/^(return|in)$/i.test(before.text) ? "[OF" : text;
}

function dueAfterSymbol(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at]!;
  if (kind !== "symbol" || closers.has(text)) return false;
  const before = tokens[at - 1]?.text;
  return !(text === "*" && (before === "." || before === "["));
}

function dueAfterWord(due: boolean, word: string, before: string): boolean {
  if (before === "." || before === "::") return false;
  if (!due) return infixes.has(word);
  if (before === "INTO" || starters.has(word)) return true;
  if (word === "OVERWRITE") return kindWords.has(before);
  return Object.hasOwn(followers, before) && followers[before]!.has(word);
}
