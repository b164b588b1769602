import { bracketDepths, type Token } from "@surql/surrealql";

/**
 * Finds the edge of a `RELATE`: what stands between its two arrows.
 *
 * @param tokens What stands behind the word.
 * @returns `undefined` where there are no two arrows.
 */
export function relatedEdge(tokens: readonly Token[]): readonly Token[] | undefined {
  const depths = bracketDepths(tokens);
  const [first, second] = tokens.flatMap((_, at) => {
    const length = depths[at] === 0 ? arrowLength(tokens, at) : 0;
    return length > 0 ? [{ begin: at, end: at + length }] : [];
  });
  return first && second && tokens.slice(first.end, second.begin);
}

/** In tokens: `->` is one, `<-` two. */
function arrowLength(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text === "->") return 1;
  return tokens[at]?.text === "<" && tokens[at + 1]?.text === "-" ? 2 : 0;
}
