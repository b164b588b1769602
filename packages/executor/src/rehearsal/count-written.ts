import { bracketDepths, isWord, significantTokens, type Token } from "@surql/surrealql";

const verbs = new Set(["CREATE", "INSERT", "UPDATE", "UPSERT", "DELETE", "RELATE"]);
/** What can stand behind a `RETURN` clause. */
const followers = new Set(["TIMEOUT", "PARALLEL", "EXPLAIN", "VERSION"]);

/**
 * Makes a statement that writes say how many records it wrote: the same statement with its `RETURN` clause
 * exchanged, so that nothing but a number comes back. Pure.
 *
 * @returns `undefined` for a statement that writes nothing by itself, or a single record (`ONLY`).
 */
export function countWritten(statement: string): string | undefined {
  const tokens = significantTokens(statement);
  const [verb, ...rest] = tokens;
  if (verb === undefined || !isOneOf(verb, verbs)) return undefined;
  if (rest.slice(0, 2).some((token) => isWord(token, "ONLY"))) return undefined;
  const clauses = clauseTokens(rest);
  if (clauses.some((token) => isWord(token, "EXPLAIN"))) return undefined;
  const given = clauses.find((token) => isWord(token, "RETURN"));
  const follower = clauses.find(
    (token) => isOneOf(token, followers) && token.start > (given?.start ?? 0),
  );
  const end = follower?.start ?? tokens.at(-1)?.end ?? statement.length;
  const before = statement.slice(0, given?.start ?? end);
  return `RETURN array::len((${before} RETURN VALUE 1 ${statement.slice(end)}\n))`;
}

/** The tokens outside of all brackets that can begin a clause: not behind a dot, a comma or an operator. */
function clauseTokens(tokens: readonly Token[]): readonly Token[] {
  const depths = bracketDepths(tokens);
  return tokens.filter((token, position) => {
    const previous = tokens[position - 1]?.text ?? "";
    return depths[position] === 0 && token.kind === "word" && !/^(?:[.,:=]|::|as)$/i.test(previous);
  });
}

function isOneOf(token: Token, words: ReadonlySet<string>): boolean {
  return token.kind === "word" && words.has(token.text.toUpperCase());
}
