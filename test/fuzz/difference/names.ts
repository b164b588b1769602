import fc from "fast-check";

/** Few names, so that two schemas meet in them; some have to be quoted, and some look like something else. */
const tables = [
  "user",
  "post",
  "likes",
  "adults",
  "totals",
  "`my table`",
  "order",
  "`10`",
] as const;

export const tableName: fc.Arbitrary<string> = fc.constantFrom(...tables);

/** Names of fields, and of what is inside of them. What the engine adds by itself is among them. */
export const fieldPath: fc.Arbitrary<string> = fc.constantFrom(
  "name",
  "age",
  "tags",
  "tags",
  "tags.*",
  "tags.*",
  "tags.*.*",
  "tags.*.label",
  "matrix",
  "matrix.*",
  "matrix.*.*",
  "address",
  "address.city",
  "address.city.code",
  "address.`zip code`",
  "address.*",
  "in",
  "out",
  "id",
  "`a.b`",
  "order",
  "`ümlaut`",
  "`back\\`tick`",
  "`10`",
);

/** What an index may be over; records hold values that fit. */
export const indexedField: fc.Arbitrary<string> = fc.constantFrom("name", "age", "tags.*", "`a.b`");
