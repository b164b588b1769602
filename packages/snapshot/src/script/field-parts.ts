/**
 * The steps of a field's canonical name, as they are written. A dot inside of backticks is none.
 *
 * @example
 * ```ts
 * fieldParts("tags.*.`zip code`"); // ["tags", "*", "`zip code`"]
 * ```
 */
export function fieldParts(name: string): readonly string[] {
  return name.match(/`(?:[^`\\]|\\[^])*`|[^.`]+/g) ?? [];
}

/** The names of the fields around it, from the outermost: `tags` and `tags.*` of `tags.*.label`. */
export function fieldsAround(name: string): readonly string[] {
  const parts = fieldParts(name);
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("."));
}
