import { afterAll, expect, test } from "vitest";
import { readLiteral, writeLiteral } from "../src/index.ts";
import { openEngine } from "./engine.ts";

const engine = await openEngine();
afterAll(() => engine.close());

const values = [
  "NONE",
  "NULL",
  "true",
  "false",
  "0",
  "-5",
  "9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  "1.0",
  "-0.0",
  "0.1",
  "1e300",
  "5e-324",
  "1f / 0",
  "-1f / 0",
  "<float>'NaN'",
  "1dec",
  "-1.50dec",
  "123456789012345678.901234567890dec",
  "0.0000000000000000000000000001dec",
  "''",
  String.raw`'it\'s "x" \n \r \t \\ \0 \u{1} \u{7f} \u{1F600} \u{2028}'`,
  "'user:1'",
  "\"d'2020'\"",
  "d'2020-01-01T00:00:00.123456789Z'",
  "d'-0001-01-01T00:00:00Z'",
  "d'+262142-01-01T00:00:00Z'",
  "1y2w3d4h5m6s7ms8us9ns",
  "0ns",
  "duration::max",
  "u'0190b6c2-3c5a-7f11-8c1a-1a2b3c4d5e6f'",
  "<bytes>'abc'",
  "<bytes>''",
  String.raw`/a+\/[\]]b/`,
  "<set>[]",
  "<set>[1]",
  "<set>[1, 'x', <set>[2, 3], { a: 1 }]",
  "<set>[user:1]",
  "1..5",
  "1..=5",
  "1>..5",
  "1>..=5",
  "..",
  "..5",
  "..=5",
  "1..",
  "'a'..'b'",
  "-5..-1",
  "[1]..[2]",
  "NONE..NULL",
  "d'2020-01-01T00:00:00Z'..d'2021-01-01T00:00:00Z'",
  "1.5..2.5",
  "(1.5, -2)",
  "(1, 2)",
  "(9999999999999999999999.5, 1e-20)",
  "{ type: 'Polygon', coordinates: [[[0, 0], [1.5, 1], [1, 0], [0, 0]]] }",
  "{ type: 'LineString', coordinates: [[0, 0], [1.5, 1]] }",
  "{ type: 'MultiPoint', coordinates: [[1, 2], [3, 4]] }",
  "{ type: 'MultiPolygon', coordinates: [[[[0, 0], [1, 1], [1, 0], [0, 0]]]] }",
  "{ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2.5] }, { type: 'LineString', coordinates: [[1, 2], [3, 4]] }] }",
  "{ type: 'Point', coordinates: [1, 2], extra: 1 }",
  "user:1",
  "user:-5",
  "user:9223372036854775807",
  "user:`1`",
  "user:`a b`",
  "user:8abc",
  "user:`1h`",
  "user:``",
  "user:none",
  "user:`a\\`b`",
  "user:`a⟩b`",
  "user:`a\\\\b`",
  "user:`😀`",
  "`odd table`:1",
  "`select`:1",
  "type::record('1a', 1)",
  "user:['x', { a: NONE }, d'2020-01-01T00:00:00.000000001Z', [u'0190b6c2-3c5a-7f11-8c1a-1a2b3c4d5e6f']]",
  "user:{ a: 1, b: [] }",
  "user:u'0190b6c2-3c5a-7f11-8c1a-1a2b3c4d5e6f'",
  "user:1..5",
  "user:..",
  "user:[1]..=[2, ..]",
  "user:a..=b",
  "[]",
  "{}",
  "[1, [NONE, NULL], {}]",
  "{ `odd key`: 1, '': 2, '5': 3, `select`: 4, `a\\`b`: { c: [1dec] }, true: 5 }",
  "{ '$float': 1, '$x': { '$record': 2 } }",
  "{ `__proto__`: 1 }",
  "{ a: user:1 }",
  "{ NONE: 1, NULL: NONE }",
];

test.each(values)("%s goes to JSON and back", async (source) => {
  const json = readLiteral(await engine.valueOf<string>(`RETURN <string>[${source}]`));
  expect(json).toBeDefined();
  const copy: unknown = JSON.parse(JSON.stringify(json));
  expect(copy).toEqual(json);
  const literal = writeLiteral(copy) ?? "nothing";
  const isSame = await engine.valueOf<boolean>(
    `RETURN { LET $a = [${source}]; LET $b = ${literal}; ` +
      "RETURN <string>$a = <string>$b AND type::of($a[0]) = type::of($b[0]) }",
  );
  expect([literal, isSame]).toEqual([literal, true]);
});

test("types that JSON lacks are named", () => {
  expect(
    readLiteral("{ a: [1f, 1.5f, 1dec, NONE], id: user:`a b`, at: d'2020-01-01T00:00:00Z' }"),
  ).toEqual({
    a: [{ $float: "1" }, 1.5, { $decimal: "1" }, { $none: true }],
    id: { $record: { table: "user", key: "a b" } },
    at: { $datetime: "2020-01-01T00:00:00Z" },
  });
});

test.each([
  "fn::x()",
  "(SELECT 1)",
  "$a",
  "{ DELETE user }",
  "{ RETURN 1 }",
  "1; DELETE user",
  "[1",
  "a",
  "",
  "|$x| 1",
  "user:rand()",
  "<future> { 1 }",
])("%s is no value", (text) => {
  expect(readLiteral(text)).toBeUndefined();
});

test.each([
  { $float: "1; DELETE user" },
  { $regex: "a/; DELETE user; /" },
  { $duration: "1h; DELETE user" },
  { $datetime: "'" },
  { $bytes: "x" },
  { $unknown: "1" },
  { $none: true, a: 1 },
  { $record: { table: 1, key: 1 } },
  { $record: "user:1" },
  undefined,
  1e300,
])("%j is not written", (value) => {
  expect(writeLiteral(value)).toBeUndefined();
});
