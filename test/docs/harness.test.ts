import { expect, it } from "vitest";
import { checkComments } from "./check-comments.ts";
import { notPrinted } from "./printed.ts";
import { readCommands } from "./read-commands.ts";
import { readDocstrings } from "./read-docstrings.ts";
import { readPage } from "./read-page.ts";
import { isShownAs } from "./shows.ts";

it.each([
  [["a", 1], '["a", 1]', true],
  [{ a: { b: "c" }, d: 1 }, '{ a: { b: "c" }, … }', true],
  ["my-table", "my-table", true],
  [new Set(["in"]), 'Set { "in" }', true],
  [undefined, "undefined", true],
  [["a", 2], '["a", 1]', false],
  [{ a: 1, b: 2 }, "{ a: 1 }", false],
  ["my-tables", "my-table", false],
])("compares %j with the comment %s", (value, comment, isSo) => {
  expect(isShownAs(value, comment)).toBe(isSo);
});

it("checks what a comment says of a value, and leaves remarks alone", () => {
  const text =
    'first(); // 1\nconst b = second(); // "two"\nthird(); // as it should\nfourth();\n// - five\n';
  expect(checkComments(text).split("\n")).toEqual([
    'shows(first(), "1");',
    'const b = second(); // "two"',
    'shows(b, "\\"two\\"");',
    "third(); // as it should",
    'shows(fourth(), "- five");',
    "// - five",
    "",
  ]);
});

it("finds what is announced and not printed", () => {
  const text = "console.log(a); // 1 user\nconsole.log(b); // 2 posts";
  expect(notPrinted(text, ["1 user"])).toEqual(["2 posts"]);
});

it("reads blocks with what stands above and behind them, and refuses one that is not closed", () => {
  const page =
    "<!-- project: shop -->\n\n```sh\nsurql init # exit code 2\n```\n\n```ts\nlog(1);\n```\n\n```\n1\n```\n";
  const [first, second, ...more] = readPage("page.md", page);
  expect(first).toMatchObject({ language: "sh", line: 4, project: "shop" });
  expect(first && readCommands(first)).toMatchObject([{ text: "surql init", exitCode: 2 }]);
  expect(second).toMatchObject({ language: "ts", prints: "1" });
  expect(more).toEqual([]);
  expect(() => readPage("page.md", "```ts\n")).toThrow("page.md:1");
});

it("refuses an @example that is not in a block", () => {
  const source = "/**\n * @example\n * one();\n */\n";
  expect(() => readDocstrings("a.ts", source)).toThrow("a.ts:");
});
