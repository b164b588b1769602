import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize } from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { fragments } from "./fragments.ts";

const joined = (text: string): string =>
  tokenize(text)
    .map((token) => token.text)
    .join("");

const meaning = (text: string): string =>
  tokenize(text)
    .filter(({ kind }) => kind !== "whitespace" && kind !== "comment")
    .map(({ kind, text: piece }) => `${kind}:${piece}`)
    .join(" ");

test.each([
  ["a-- x\n# y\n// z\r/* ; */b", "word:a word:b"],
  ["/* a /* b */ c", "word:c"],
  [
    `'it\\'s' "a\\"b" d'x' r"y" S'z'`,
    `string:'it\\'s' string:"a\\"b" string:d'x' string:r"y" word:S string:'z'`,
  ],
  [
    "`a\\`b` ⟨c\\⟩d⟩ $`e f` $⟨g⟩ $h1 $1",
    "name:`a\\`b` name:⟨c\\⟩d⟩ param:$`e f` param:$⟨g⟩ param:$h1 symbol:$ number:1",
  ],
  [
    "1 1_000 1.5 1e-5 2.5e+3f 3dec 1..5 1.max()",
    "number:1 number:1_000 number:1.5 number:1e-5 number:2.5e+3f number:3dec number:1 symbol:.. number:5 number:1 symbol:. word:max symbol:( symbol:)",
  ],
  ["1h30m 5ns 3µs 2y", "duration:1h30m duration:5ns duration:3µs duration:2y"],
  ["user:01ab", "word:user symbol:: word:01ab"],
  ["RETURN a / b / c", "word:RETURN word:a symbol:/ word:b symbol:/ word:c"],
  ["RETURN /a b\\/c/", "word:RETURN regex:/a b\\/c/"],
  ["x = /a/ AND y / 2", "word:x symbol:= regex:/a/ word:AND word:y symbol:/ number:2"],
  [
    "DELETE t WHERE value / 2 > 1",
    "word:DELETE word:t word:WHERE word:value symbol:/ number:2 symbol:> number:1",
  ],
  ["a.select / 2", "word:a symbol:. word:select symbol:/ number:2"],
  ["a<-b<->c->d", "word:a symbol:< symbol:- word:b symbol:< symbol:-> word:c symbol:-> word:d"],
  ["a ??= b ... c…", "word:a symbol:? symbol:?= word:b symbol:... word:c symbol:…"],
  [
    "function($a) { '}' /* } */ }",
    "word:function symbol:( param:$a symbol:) script:{ '}' /* } */ }",
  ],
  ["fn::function(1) {", "word:fn symbol::: word:function symbol:( number:1 symbol:) symbol:{"],
  ["RETURN\u00a01", "word:RETURN number:1"],
  ["\ufeffé& 😀", "invalid:\ufeff invalid:é invalid:& invalid:😀"],
])("reads %s", (text, expected) => {
  expect(meaning(text)).toBe(expected);
});

test.each(["'a; b", '"a\\"', "`a", "⟨a`", "$`a", "/* a; *", "function() { '}' ", "/a\\/"])(
  "takes %s, never closed, to the end as one invalid token",
  (text) => {
    const last = tokenize(`${text} \n more`).at(-1);
    expect(last?.kind).toBe("invalid");
    expect(last?.end).toBe(text.length + 7);
  },
);

test("gives back the text of every statement, token by token and without gaps", () => {
  for (const text of corpus) {
    expect(joined(text)).toBe(text);
    expect(tokenize(text).some(({ kind }) => kind === "invalid")).toBe(false);
  }
});

test("gives back any text whatever", () => {
  const anything = fc.oneof(fragments, fc.string({ unit: "binary", maxLength: 60 }));
  fc.assert(
    fc.property(anything, (text) => {
      let at = 0;
      for (const token of tokenize(text)) {
        expect(token.start).toBe(at);
        expect(token.end).toBeGreaterThan(at);
        expect(token.text).toBe(text.slice(token.start, token.end));
        at = token.end;
      }
      expect(at).toBe(text.length);
    }),
    { seed: 1, numRuns: 2000 },
  );
});

test.each([
  ["statements", "UPDATE user:1 SET name = 'Ada', age = 36 WHERE a / 2 > 1; -- next\n"],
  ["openings", "(["],
  ["quotes that are never closed", "'\\"],
  ["slashes", "/\\/ "],
  ["comment starts", "*/ /"],
  ["function heads", "function(){"],
  ["digits", "1e1"],
  ["strange characters", "é"],
])("takes time linear in the length: %s", (_, piece) => {
  const took = (length: number): number => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    const start = performance.now();
    tokenize(text);
    return performance.now() - start;
  };
  // Some 100 ms on an idle machine; quadratic time would be minutes.
  expect(took(1_000_000)).toBeLessThan(20_000);
});
