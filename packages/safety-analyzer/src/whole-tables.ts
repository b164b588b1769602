import { unquoteIdentifier, type Token } from "@surql/surrealql";
import { isWord, significantTokens } from "./significant-tokens.ts";

/** A `DELETE` or `UPDATE` of every record of its tables. */
interface WholeTables {
  readonly tables: readonly string[];
  /** What stands behind the tables: clauses, none of which selects among their records. */
  readonly clauses: readonly Token[];
}

/**
 * Whether a `DELETE` or `UPDATE` is for every record of its tables: they are plain names, and
 * nothing selects among their records.
 */
export function targetsWholeTables(statement: string): boolean {
  return wholeTables(statement) !== undefined;
}

/**
 * The fields that a statement takes out of every record of its tables, by `UPDATE … UNSET` or
 * by `UPDATE … SET … = NONE`.
 */
export function clearedFields(
  statement: string,
): { readonly tables: readonly string[]; readonly paths: readonly string[] } | undefined {
  const found = wholeTables(statement);
  const [verb, ...items] = found?.clauses ?? [];
  if (found === undefined || !(isWord(verb, "UNSET") || isWord(verb, "SET"))) return undefined;
  const texts = listItems(items);
  const paths = isWord(verb, "UNSET")
    ? texts
    : texts.flatMap((text) => /^(.*[^-+*/=!?~<>])=NONE$/i.exec(text)?.[1] ?? []);
  return { tables: found.tables, paths };
}

const clauseWords = new Set(
  "SET UNSET CONTENT MERGE PATCH REPLACE RETURN TIMEOUT PARALLEL".split(" "),
);

function isClause(token: Token): boolean {
  return token.kind === "word" && clauseWords.has(token.text.toUpperCase());
}

function wholeTables(statement: string): WholeTables | undefined {
  const tokens = significantTokens(statement);
  if (!isWord(tokens[0], "DELETE") && !isWord(tokens[0], "UPDATE")) return undefined;
  let at = isWord(tokens[1], "FROM") ? 2 : 1;
  const tables: string[] = [];
  for (;;) {
    const token = tokens[at];
    if (token?.kind !== "word" && token?.kind !== "name") return undefined;
    tables.push(unquoteIdentifier(token.text));
    if (tokens[at + 1]?.text !== ",") break;
    at += 2;
  }
  const clauses = tokens.slice(at + 1);
  const follows = clauses[0] === undefined || isClause(clauses[0]);
  const selects = clauses.some((token) => isWord(token, "WHERE"));
  return follows && !selects ? { tables, clauses } : undefined;
}

/** The texts between the commas outside of brackets, up to the next clause. */
function listItems(tokens: readonly Token[]): readonly string[] {
  const items = [""];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) depth++;
    else if (/^[)\]}]$/.test(token.text)) depth--;
    if (depth === 0 && isClause(token)) break;
    if (depth === 0 && token.text === ",") items.push("");
    else items.push(items.pop()! + token.text);
  }
  return items;
}
