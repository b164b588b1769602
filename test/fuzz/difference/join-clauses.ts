import fc from "fast-check";

/** One of each of the parts, with spaces between those that are not empty. */
export function joinClauses(...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.tuple(...parts).map((words) => words.filter(Boolean).join(" "));
}

/** One of the texts, or nothing: that as often as all of them together. */
export function maybe(...texts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(fc.constant(""), fc.constantFrom(...texts));
}

/** The comment of a definition, mostly none. */
export const comment: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: fc.constantFrom("COMMENT 'one'", 'COMMENT "it\'s; AS SELECT"') },
);
