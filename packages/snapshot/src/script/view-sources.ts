import {
  bracketDepths,
  clausesOf,
  isWord,
  significantTokens,
  unquoteIdentifier,
} from "@surql/surrealql";

/**
 * The tables that a view reads.
 *
 * @param definition Canonical text of a table.
 * @returns `undefined` when it is no view.
 */
export function viewSources(definition: string): readonly string[] | undefined {
  if (!definition.includes(" AS ")) return undefined;
  const query = clausesOf(definition)["AS"];
  return query === undefined ? undefined : namesBehindFrom(query);
}

/** The engine takes nothing but names of tables there: no subquery, no record, no param (measured on 3.0.2). */
function namesBehindFrom(query: string): readonly string[] {
  const tokens = significantTokens(query);
  const depths = bracketDepths(tokens);
  const from = tokens.findIndex(
    (token, at) => isWord(token, "FROM") && depths[at] === 0 && tokens[at - 1]?.text !== "::",
  );
  const names: string[] = [];
  for (let at = from + 1; at > 0 && at < tokens.length; at += 2) {
    names.push(unquoteIdentifier(tokens[at]!.text));
    if (tokens[at + 1]?.text !== ",") break;
  }
  return names;
}
