import { unquoteIdentifier, type Token } from "@surql/surrealql";
import { isWord, significantTokens } from "./significant-tokens.ts";

const tails = new Set([
  "SET",
  "UNSET",
  "CONTENT",
  "MERGE",
  "PATCH",
  "REPLACE",
  "RETURN",
  "TIMEOUT",
  "PARALLEL",
]);

/**
 * Whether a `DELETE` or `UPDATE` is for every record of its tables: they are plain names, and
 * nothing selects among their records.
 */
export function targetsWholeTables(statement: string): boolean {
  return wholeTables(statement) !== undefined;
}

/** The fields that an `UPDATE … UNSET` takes out of every record of its tables. */
export function unsetEverywhere(
  statement: string,
): { readonly tables: readonly string[]; readonly paths: readonly string[] } | undefined {
  const found = wholeTables(statement);
  if (found === undefined || !isWord(found.rest[0], "UNSET")) return undefined;
  const end = found.rest.findIndex(({ text }, at) => at > 0 && tails.has(text.toUpperCase()));
  const texts = found.rest.slice(1, end < 0 ? undefined : end).map(({ text }) => text);
  return { tables: found.tables, paths: texts.join("").split(",") };
}

interface WholeTables {
  readonly tables: readonly string[];
  /** What stands behind the tables. */
  readonly rest: readonly Token[];
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
  const rest = tokens.slice(at + 1);
  const follows = rest[0] === undefined || tails.has(rest[0].text.toUpperCase());
  return follows && !rest.some((token) => isWord(token, "WHERE")) ? { tables, rest } : undefined;
}
