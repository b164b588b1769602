import fc from "fast-check";

const plain = fc.constantFrom(
  "any",
  "bool",
  "bytes",
  "datetime",
  "decimal",
  "duration",
  "float",
  "int",
  "number",
  "object",
  "string",
  "uuid",
  "regex",
  "function",
  "range",
  "null | int",
  "record",
  "record<user>",
  "record<user | post>",
  "geometry<point | polygon>",
  "'draft' | 'sent'",
  "1 | 2.5f | true",
  "{ kind: 'a', size: option<int> }",
  "{ tags: array<string> }",
  "[string, option<int>]",
  "array",
  "set",
);

const types = fc.letrec<{ type: string; element: string }>((tie) => ({
  type: fc.oneof(
    { weight: 5, arbitrary: plain },
    {
      weight: 2,
      arbitrary: tie("element").map((of) =>
        of.startsWith("option<") || of === "any" ? of : `option<${of}>`,
      ),
    },
    { weight: 3, arbitrary: tie("element").map((of) => `array<${of}>`) },
    { weight: 1, arbitrary: tie("element").map((of) => `array<${of}, 5>`) },
    { weight: 2, arbitrary: tie("element").map((of) => `set<${of}>`) },
    { weight: 1, arbitrary: tie("element").map((of) => `string | array<${of}>`) },
    { weight: 1, arbitrary: tie("element").map((of) => `array<${known(of)}> | set<int>`) },
  ),
  element: fc.oneof({ maxDepth: 3, depthSize: "small" }, plain, tie("type")),
}));

/** A type of a field: arrays in arrays, unions, literals. */
export const randomType: fc.Arbitrary<string> = types.type;

/** Of the elements of both, 3.0.2 makes `any | int` and `int | int`, which it reads as something else, or not at all. */
function known(type: string): string {
  return /\b(any|int)\b|\b(array|set)\b(?!<)/.test(type) ? "string" : type;
}
