import { significantTokens } from "@surql/surrealql";

/**
 * Whether a `RELATE` joins two records that it names by their keys, as `user:1` or `` `my table`:['a', 1] ``: then it joins the same ones whenever it runs.
 * The key of the edge may be named so too, or be left to the engine. Pure.
 */
export function joinsNamedRecords(statement: string): boolean {
  const [verb, ...tokens] = significantTokens(statement).map(({ text }) => text);
  if (verb?.toUpperCase() !== "RELATE") return false;
  if (tokens[0]?.toUpperCase() === "ONLY") tokens.shift();
  const arrows = tokens.flatMap((text, at) => (text === "->" ? [at] : []));
  const [first, second, third] = arrows;
  if (first === undefined || second === undefined || third !== undefined) return false;
  const behind = tokens.slice(second + 1);
  const end = behind.findIndex((text) =>
    /^(?:SET|CONTENT|UNIQUE|RETURN|TIMEOUT|PARALLEL)$/i.test(text),
  );
  const ends = [tokens.slice(0, first), end < 0 ? behind : behind.slice(0, end)];
  const edge = tokens.slice(first + 1, second);
  return ends.every(isRecord) && (edge.length === 1 || isRecord(edge));
}

/** A table, a colon and a key that is written out: nothing in it is called, asked for or taken from a parameter. */
function isRecord([table, colon, ...key]: readonly string[]): boolean {
  const isName = table !== undefined && /^[\w`⟨]/.test(table);
  return (
    isName && colon === ":" && key.length > 0 && !key.some((text) => /^[($]|^\.\.$/.test(text))
  );
}
