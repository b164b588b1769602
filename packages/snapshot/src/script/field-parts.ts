/** The steps of a field's canonical name: `tags`, `*` and `` `zip code` `` of `` tags.*.`zip code` ``. */
export function fieldParts(name: string): readonly string[] {
  return name.match(/`(?:[^`\\]|\\[^])*`|[^.`]+/g) ?? [];
}

/** The names of the fields around it, from the outermost: `tags` and `tags.*` of `tags.*.label`. */
export function fieldsAround(name: string): readonly string[] {
  const parts = fieldParts(name);
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join("."));
}
