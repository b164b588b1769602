import { expect, test } from "vitest";
import { displayType } from "../src/display-type.ts";
import { define, openDatabase } from "./open-database.ts";

test.each([
  ["string", "string"],
  ["none | string", "option<string>"],
  ["int | none", "option<int>"],
  ["none | int | string", "option<int | string>"],
  ["int | string", "int | string"],
  ["none", "none"],
  ["any", "any"],
  ["none | null", "option<null>"],
  ["array<none | int, 3>", "array<option<int>, 3>"],
  ["none | array<record<user | post>>", "option<array<record<user | post>>>"],
  ["none | set<none | array<none | int>>", "option<set<option<array<option<int>>>>>"],
  ["'x|none' | int | none", "option<'x|none' | int>"],
  ["[none | int, string]", "[option<int>, string]"],
  ["none | geometry<point | polygon>", "option<geometry<point | polygon>>"],
  [
    '{ a: none | int, "b c": none | { d: 1 | none } }',
    '{ a: option<int>, "b c": option<{ d: option<1> }> }',
  ],
  ["{  }", "{}"],
  ["1 |  2.5f | 1h | none | null", "option<1 | 2.5f | 1h | null>"],
  ["($a: none | string, $b: array<int>)", "($a: option<string>, $b: array<int>)"],
])("%s is shown as %s", (canonical, shown) => {
  expect(displayType(canonical)).toBe(shown);
});

test("what is shown means the same to the engine", async () => {
  await using db = await openDatabase();
  const types = [
    "option<string>",
    "option<int | string>",
    "array<option<int>, 3>",
    "option<array<record<user | post>>>",
    "[option<int>, string]",
    "option<{ a: option<int>, b: 1 | 2 }>",
    "option<null>",
    "set<float>",
  ];
  for (const type of types) {
    await define(db, [`DEFINE FIELD OVERWRITE f ON t TYPE ${type}`]);
    const [canonical] = await db.query("RETURN (INFO FOR TABLE t).fields.f");
    const text = String(canonical).replace(
      /^DEFINE FIELD f ON t TYPE (.*) PERMISSIONS FULL$/,
      "$1",
    );
    expect(displayType(text)).toBe(type);
  }
});
