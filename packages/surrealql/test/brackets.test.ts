import fc from "fast-check";
import { expect, test } from "vitest";
import { bracketDepths, significantTokens, splitOutside, type Token } from "../src/index.ts";
import { fragments } from "./fragments.ts";

const texts = (pieces: readonly (readonly Token[])[]): readonly string[] =>
  pieces.map((piece) => piece.map(({ text }) => text).join(""));
const isBar = ({ text }: Token): boolean => text === "|";
const isComma = ({ text }: Token): boolean => text === ",";

test.each([
  ["a, b", [0, 0, 0]],
  ["f(a, [1])", [0, 1, 1, 1, 2, 2, 2, 1]],
  ["{ a: (1) }", [1, 1, 1, 2, 2, 2, 1]],
  ["'(' /* ( */, /(/", [0, 0, 0]],
  ["a < b", [0, 0, 0]],
  ["a) b (c)", [0, 0, 0, 1, 1, 1]],
])("counts the brackets of %s", (text, depths) => {
  expect(bracketDepths(significantTokens(text))).toEqual(depths);
});

test("takes < and > for brackets where it is told to", () => {
  const tokens = significantTokens("array<int | string, 5> | none");
  expect(texts(splitOutside(tokens, isBar, { angles: true }))).toEqual([
    "array<int|string,5>",
    "none",
  ]);
  expect(texts(splitOutside(tokens, isBar))).toEqual(["array<int", "string,5>", "none"]);
});

test("leaves empty pieces where nothing stands between separators", () => {
  expect(texts(splitOutside(significantTokens(",a,,b,"), isComma))).toEqual(["", "a", "", "b", ""]);
  expect(splitOutside([], isComma)).toEqual([[]]);
});

/** Texts in which every bracket is closed, with brackets in strings, names and comments. */
const { item } = fc.letrec<{ item: string; list: string }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("a", "1", "'(,'", "`[,`", "/* {, */ x", "$p"),
    tie("list").map((list) => `f(${list})`),
    tie("list").map((list) => `[${list}]`),
    tie("list").map((list) => `{ k: [${list}] }`),
  ),
  list: fc.array(tie("item"), { maxLength: 3 }).map((items) => items.join(", ")),
}));

test("gives back the items that a list was made of", () => {
  fc.assert(
    fc.property(fc.array(item, { minLength: 1, maxLength: 5 }), (items) => {
      const pieces = splitOutside(significantTokens(items.join(", ")), isComma);
      expect(texts(pieces)).toEqual(texts(items.map(significantTokens)));
    }),
    { seed: 1 },
  );
});

test("loses no token, whatever the text", () => {
  fc.assert(
    fc.property(fragments, (text) => {
      const tokens = significantTokens(text);
      const pieces = splitOutside(tokens, isComma);
      const cuts = tokens.filter((token, at) => isComma(token) && bracketDepths(tokens)[at] === 0);
      expect(pieces.length).toBe(cuts.length + 1);
      expect(pieces.flat().length + cuts.length).toBe(tokens.length);
    }),
    { seed: 1 },
  );
});
