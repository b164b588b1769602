import type { Token } from "@surql/surrealql";

/**
 * Finds the edge of a `RELATE`: what stands between its two arrows.
 *
 * @param tokens What stands behind the word.
 * @returns `undefined` where there are no two arrows.
 */
export function relatedEdge(tokens: readonly Token[]): readonly Token[] | undefined {
  const first = arrowAt(tokens, 0);
  const second = first && arrowAt(tokens, first.end);
  return second && tokens.slice(first.end, second.begin);
}

/** The next arrow outside of brackets: `->`, or `<-` in two parts. */
function arrowAt(
  tokens: readonly Token[],
  from: number,
): { readonly begin: number; readonly end: number } | undefined {
  let depth = 0;
  for (let begin = from; begin < tokens.length; begin++) {
    const { text } = tokens[begin]!;
    if (/^[([{]$/.test(text)) depth++;
    else if (/^[)\]}]$/.test(text)) depth--;
    else if (depth > 0) continue;
    else if (text === "->") return { begin, end: begin + 1 };
    else if (text === "<" && tokens[begin + 1]?.text === "-") return { begin, end: begin + 2 };
  }
  return undefined;
}
