import fc from "fast-check";

/** One or more of every type of value that the engine stores, as SurrealQL: ends of ranges, odd spellings, what looks alike. */
export const simpleValues = [
  "NULL",
  "true",
  "false",
  "0",
  "-1",
  "9223372036854775807",
  "-9223372036854775808",
  "1",
  "1.0f",
  "1dec",
  "'1'",
  "-0.0f",
  "1e300f",
  "NaN",
  "math::inf",
  "math::neg_inf",
  "0.1dec",
  "1234567890.123456789012345678dec",
  "-7.00dec",
  "''",
  "'it\\'s'",
  '"\\u{1F600} \\n\\t"',
  "'NONE'",
  "'user:1'",
  "'`'",
  "s'd'",
  "1ns",
  "0ns",
  "1y2w3d4h5m6s7ms8us9ns",
  "584542046y",

  "d'2024-02-29T12:34:56.123456789Z'",
  "d'0001-01-01T00:00:00Z'",
  "d'9999-12-31T23:59:59.999999999Z'",
  "u'0192f0a0-0000-7000-8000-000000000000'",
  "u'ffffffff-ffff-4fff-bfff-ffffffffffff'",
  'b"00ff10"',
  'b""',
  "<bytes>'abc'",
  "1..5",
  "1..=5",
  "..",
  "1>..5",
  "'a'..'z'",
  "..=d'2024-01-01T00:00:00Z'",
  "<set>[]",
  "<set>[1, 2, 2]",
  "<set>['a', [1], { b: 1 }]",
  "/a+[b-c]\\/d/",
  "/^$/",
  "(1.5, -2.5)",
  "{ type: 'LineString', coordinates: [[1, 2], [3, 4]] }",
  "{ type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }",
  "{ type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }",
  "{ type: 'MultiLineString', coordinates: [[[1, 2], [3, 4]]] }",
  "{ type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 0], [1, 1], [0, 0]]]] }",
  "{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }] }",

  "t1:1",
  "t1:⟨a b⟩",
  "missing:['x', NONE, { a: 1 }]",
  "t2:u'0192f0a0-0000-7000-8000-000000000000'",
  "t1:1..5",
  "type::table('t1')",
  "[]",
  "{}",
  "[NONE, NULL, 1]",
  "{ id: 'no id', `a b`: NONE, `1`: 2, in: 3 }",
] as const;

/** Any value that can be stored, as SurrealQL. */
export const value: fc.Arbitrary<string> = fc.letrec<{ value: string; simple: string }>((tie) => ({
  simple: fc.constantFrom(...simpleValues),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: tie("simple") },
    {
      weight: 1,
      arbitrary: fc.array(tie("value"), { maxLength: 3 }).map((list) => `[${list.join(", ")}]`),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom("a", "b", "`odd key`", "value", "id"), tie("value")), {
          maxLength: 3,
        })
        .map((entries) => `{ ${entries.map(([key, one]) => `${key}: ${one}`).join(", ")} }`),
    },
  ),
})).value;

/** The key of a record, of every kind, as SurrealQL behind `table:`. */
export const key: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 12 }).map(String) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "abc",
      "`5`",
      "`a b`",
      "`we\\`ird\\\\`",
      "⟨select⟩",
      "``",
      "01M8320PGF3ZKCZNHRX1TDASRT",
      "u'0192f0a0-0000-7000-8000-000000000001'",
      "9223372036854775807",
      "-9223372036854775808",

      "['x', 1]",
      "[NONE]",
      "[NULL, { a: [1] }]",
      "[d'2024-01-01T00:00:00.000000001Z']",
      "{ a: 1, b: ['c'] }",
      "{ `odd key`: 1.5dec }",
    ),
  },
);
