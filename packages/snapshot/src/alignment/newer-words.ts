import { clausesOf, definitionHead, tokenize } from "@surql/surrealql";
import { inNewerTokens } from "./newer-tokens.ts";
import { withoutDelete } from "./without-delete.ts";

/** Whether it is worth reading a text; nearly none has any of it. */
const mayBeOlder =
  /::(?:is|from)::|type::thing|rand::guid|osa_distance|\?[.[]|feature|future|flex|delete|search|\binf\b|THEN\b/i;

/** What tunes the trees of a search index in 2.x; 3.x keeps none. */
const ofBTrees = /\s(?:DOC_IDS|DOC_LENGTHS|POSTINGS|TERMS)_(?:ORDER|CACHE)\s\d+/gi;

/**
 * Writes a definition of SurrealDB 2.x in the words of 3.x where it means the same in them, and 3.x would not read its own: `SEARCH ANALYZER` is
 * `FULLTEXT ANALYZER`, `VALUE <future> { … }` is `COMPUTED { … }`, `FLEXIBLE TYPE object` is `TYPE object FLEXIBLE`, `geometry<feature>` is `geometry`, `inf` is `Infinity`, `a?.b` is
 * `a.?.b`, and functions have other names. What 3.x has no equal of (`MTREE`, `~`, `VS`) stays. Pure.
 *
 * Measured on 2.6.0 and 3.0.2; what else 2.0 to 2.6 write was read in how they print definitions.
 *
 * @param key INFO's key of its kind.
 * @param isSchemafull Whether its table is: in another one `FLEXIBLE` says nothing, and 3.x refuses it.
 */
export function inNewerWords(key: string, text: string, isSchemafull = true): string {
  if (!mayBeOlder.test(text)) return text;
  const written = inNewerTokens(text);
  if (key === "apis") return newerApi(written);
  if (key === "fields") return newerField(written, isSchemafull);
  if (key === "params") return newerParam(written);
  return key === "indexes" ? newerIndex(written) : written;
}

/** Without the `PARALLEL` of a statement, which has no effect in 2.x and is not read by 3.x: to be tried where a text was refused, for it is a name as well. */
export function withoutParallel(text: string): string {
  return tokenize(text)
    .filter(({ kind, text: word }) => kind !== "word" || word !== "PARALLEL")
    .map(({ text: piece }) => piece)
    .join("");
}

/** The value of a param is a literal: what 2.x writes as `inf` would be the name of a field in 3.x, and so nothing. */
function newerParam(text: string): string {
  return withClauses(text, clausesOf(text), (word, clause) => {
    if (word !== "VALUE") return `${word} ${clause}`;
    const tokens = tokenize(clause);
    const isNumber = (at: number): boolean =>
      tokens[at]?.kind === "word" && tokens[at].text === "inf" && tokens[at + 1]?.text !== ":";
    return `VALUE ${tokens.map((token, at) => (isNumber(at) ? "Infinity" : token.text)).join("")}`;
  });
}

/** 2.x prints no space before `FOR` and `THEN`, and `API` before the clauses of a method. */
function newerApi(text: string): string {
  return text
    .replaceAll(/(?<=['"}])FOR(?= )/g, " FOR")
    .replaceAll(/(?<= FOR [a-z]+(?:, [a-z]+)*) API(?= (?:MIDDLEWARE|PERMISSIONS)\b)/g, "")
    .replaceAll(/(?<=(?: FOR [a-z]+(?:, [a-z]+)*|\bNONE|\bFULL|\)))THEN(?= \{)/g, " THEN");
}

function newerIndex(text: string): string {
  const clauses = clausesOf(text);
  if (clauses["SEARCH"] === undefined) return text;
  return withClauses(text, clauses, (word, clause) =>
    word === "SEARCH" ? `FULLTEXT ${clause.replace(ofBTrees, "")}` : `${word} ${clause}`,
  );
}

function newerField(text: string, isSchemafull: boolean): string {
  const clauses = clausesOf(text);
  const words = Object.keys(clauses);
  const isFlexible = "FLEXIBLE" in clauses && words.indexOf("FLEXIBLE") < words.indexOf("TYPE");
  const future = /^<\s*future\s*>\s*(?=\{)/i.exec(clauses["VALUE"] ?? "")?.[0];
  const hasDelete = /\bdelete\b/i.test(clauses["PERMISSIONS"] ?? "");
  if (!isFlexible && future === undefined && !hasDelete) return text;
  return withClauses(text, clauses, (word, clause) => {
    if (word === "FLEXIBLE" && isFlexible) return undefined;
    if (word === "TYPE" && isFlexible && isSchemafull && /\bobject\b|\{/.test(clause)) {
      return `TYPE ${clause} FLEXIBLE`;
    }
    // What is computed when it is read cannot be written: 3.x takes no READONLY beside it.
    if (word === "READONLY" && future !== undefined) return undefined;
    if (word === "VALUE" && future !== undefined) return `COMPUTED ${clause.slice(future.length)}`;
    return `${word} ${word === "PERMISSIONS" ? withoutDelete(clause) : clause}`;
  });
}

/** The same definition with other clauses. */
function withClauses(
  text: string,
  clauses: Readonly<Record<string, string>>,
  write: (word: string, clause: string) => string | undefined,
): string {
  const head = definitionHead(text);
  if (head === undefined) return text;
  const parts = Object.entries(clauses).flatMap(([word, clause]) => write(word, clause) ?? []);
  return [`DEFINE ${head.keyword} ${head.target}`, ...parts].join(" ").trimEnd();
}
