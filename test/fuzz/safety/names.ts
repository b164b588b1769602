import fc from "fast-check";

/** Few names, so that statements meet each other. */
export const tableNames = ["t1", "t2", "t3"] as const;
export const fieldNames = ["a", "b", "c", "o", "tags"] as const;

/** A name as it stands, in backticks, or in `⟨⟩`. */
function spelled(name: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(name) },
    { weight: 1, arbitrary: fc.constantFrom(`\`${name}\``, `⟨${name}⟩`) },
  );
}

export const tableName: fc.Arbitrary<string> = fc.constantFrom(...tableNames).chain(spelled);

export const relationName: fc.Arbitrary<string> = spelled("likes");

export const anyTableName: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: tableName },
  { weight: 1, arbitrary: relationName },
);

export const fieldName: fc.Arbitrary<string> = fc.constantFrom(...fieldNames).chain(spelled);

export const fieldPath: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fieldName },
  {
    weight: 1,
    arbitrary: fc.constantFrom("o.d", "o.e", "o.d.x", "o.*", "tags.*", "tags[*]", "tags.*.x"),
  },
);
