import canonicalize from "canonicalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../src/canonical-json.ts";

const name = fc.oneof(
  fc.constantFrom("", "1", "10", "9", "a", "b", "ab", "__proto__", "toJSON", "😀", "\uffff"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const definitions = fc.dictionary(name, fc.string({ unit: "binary" }), { noNullPrototype: true });
const value = fc.dictionary(name, fc.oneof(definitions, fc.dictionary(name, definitions)));

test("it is RFC 8785 for values in any order", () => {
  fc.assert(
    fc.property(value, (object) => {
      expect(canonicalJson(object)).toBe(canonicalize(object));
    }),
    { seed: 8785, numRuns: 500 },
  );
});

test("it is RFC 8785 for values in canonical order, which take the short way", () => {
  fc.assert(
    fc.property(value, (object) => {
      const ordered = JSON.parse(canonicalize(object) ?? "") as object;
      expect(canonicalJson(ordered)).toBe(canonicalize(object));
    }),
    { seed: 8785, numRuns: 500 },
  );
});
