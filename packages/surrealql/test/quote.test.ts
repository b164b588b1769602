import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quoteIdentifier, quoteString, unquoteIdentifier, unquoteString } from "../src/index.ts";
import { reservedWords } from "../src/reserved-words.ts";
import { type Engine, openEngine } from "./engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
});

const oddNames = [
  "my-table",
  "a.b",
  "😀",
  "it's",
  'a"b',
  "a`b",
  "a\\b",
  "⟨x⟩",
  "1a",
  "a b",
  "new\nline",
  "é",
];

test("leaves plain names bare and quotes all others", () => {
  expect(quoteIdentifier("user")).toBe("user");
  expect(quoteIdentifier("my-table")).toBe("`my-table`");
  expect(quoteIdentifier("a`\\b")).toBe("`a\\`\\\\b`");
  expect(quoteIdentifier("Select")).toBe("`Select`");
});

test("writes names that the engine reads back", async () => {
  for (const name of [...oddNames, ...[...reservedWords].map((word) => word.toLowerCase())]) {
    await engine.fresh();
    const quoted = quoteIdentifier(name);
    await engine.run(
      `DEFINE TABLE ${quoted}; DEFINE FUNCTION fn::${quoted}() {}; CREATE ${quoted}:1`,
    );
    const { tables } = await engine.valueOf<{ tables: object }>("INFO FOR DB");
    expect(Object.keys(tables)).toEqual([name]);
    const [rows] = await engine.run(`SELECT VALUE record::tb(id) FROM ${quoted}`);
    expect(rows?.value).toEqual([name]);
    const [removed] = await engine.run(`REMOVE TABLE ${quoted}`);
    expect(removed?.error).toBeUndefined();
  }
});

test("writes strings that the engine reads back", async () => {
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 30 }), {
    seed: 4,
    numRuns: 100,
  });
  for (const text of [...texts, ...oddNames, "\\", "';", "\\'", "\t\r\n"]) {
    expect((await engine.run(`RETURN ${quoteString(text)}`))[0]).toEqual({ value: text });
  }
});

test("reads what it writes, and the engine's other spellings", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 20 }), (text) => {
      expect(unquoteIdentifier(quoteIdentifier(text))).toBe(text);
      expect(unquoteString(quoteString(text))).toBe(text);
    }),
    { seed: 5 },
  );
  expect(unquoteIdentifier("⟨a\\⟩b⟩")).toBe("a⟩b");
  expect(unquoteIdentifier("`a\\n\\u{e9}\\u00e9`")).toBe("a\néé");
  expect(unquoteString('s"a\\"b"')).toBe('a"b');
  expect(unquoteString("$param")).toBe("$param");
});
