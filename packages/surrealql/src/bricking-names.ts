/** Read back as a statement or a call, also at the head of a longer path. */
const statementWords =
  "alter create define delete explain for function if info insert let rebuild relate remove return select sleep " +
  "throw update upsert";
/** Read back as a value or a statement of their own, so only a bare `none` is hurt, not `none.x`. */
const valueWords = "break continue false none null true";

const pathHeads: ReadonlySet<string> = new Set(statementWords.split(" "));
const wholeNames: ReadonlySet<string> = new Set(valueWords.split(" "));

/**
 * Says whether a field or an index column of this name makes its table unusable.
 *
 * SurrealDB 3.0.2 stores such a definition, and from then on fails to read it back: `INFO FOR TABLE`,
 * every read and write of the table and even `REMOVE FIELD` fail; only `REMOVE TABLE` is left.
 * Quoting the name does not help. 2.6.0 is not affected.
 *
 * @param path A name, or the path of a field (`a.b`), in any case.
 * @example
 * ```ts
 * isBrickingName("function"); // true
 * isBrickingName("select.x"); // true
 * isBrickingName("value"); // false
 * ```
 */
export function isBrickingName(path: string): boolean {
  const head = /^\w+/.exec(path)?.[0] ?? "";
  const word = head.toLowerCase();
  return pathHeads.has(word)
    ? /^$|^[.[]/.test(path.slice(head.length))
    : wholeNames.has(path.toLowerCase());
}
