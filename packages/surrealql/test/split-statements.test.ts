import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { splitStatements } from "../src/index.ts";
import { corpus } from "./corpus.ts";
import { type Engine, openEngine } from "./engine.ts";
import { fragments } from "./fragments.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine();
});
afterAll(async () => {
  await engine.close();
});

test("says where each statement stands", () => {
  const script = "-- first\n  DEFINE TABLE a; /* b */ RETURN 'x;\ny' ;\n;\n\tRETURN 2 -- end";
  expect(splitStatements(script)).toEqual([
    { text: "DEFINE TABLE a", line: 2, column: 3 },
    { text: "RETURN 'x;\ny'", line: 2, column: 27 },
    { text: "RETURN 2", line: 5, column: 2 },
  ]);
});

test.each(["", " ;; \n;", "-- only a comment;", "/* ; */ # ;"])("finds nothing in %j", (text) => {
  expect(splitStatements(text)).toEqual([]);
});

test("goes on behind a semicolon only where an IF has branches", async () => {
  for (const [script, count] of [
    ["IF a THEN b; ELSE c; END", 1],
    ["RETURN IF a THEN b; ELSE /;/; END; RETURN 2", 2],
    ["THEN; ELSE", 2],
    ["RETURN then / 2; ELSE / 2 / 3", 2],
    ["IF a { b }; THEN; ELSE / 1 / 2", 3],
  ] as const) {
    expect([script, await engine.countStatements(script)]).toEqual([script, count]);
    expect([script, splitStatements(script).length]).toEqual([script, count]);
  }
});

test("keeps the brackets of a broken script together without failing", () => {
  expect(splitStatements("a } ; b ( ; c").map(({ text }) => text)).toEqual(["a }", "b ( ; c"]);
});

test("takes every statement for one, as the engine does", async () => {
  for (const text of corpus) {
    expect([text, await engine.countStatements(text)]).toEqual([text, 1]);
    expect(splitStatements(text)).toEqual([{ text, line: 1, column: 1 }]);
  }
});

test("splits mixtures into the statements they were made of, which is what the engine counts", async () => {
  const gap = fc
    .array(
      fc.constantFrom(
        " ",
        "\n",
        "\t\r\n",
        "-- a; '\n",
        "# `; \n",
        "// {\n",
        "/* ; ' /* */",
        "\u2003",
      ),
      {
        maxLength: 3,
      },
    )
    .map((parts) => parts.join(""));
  const mixture = fc.array(
    fc.tuple(gap, fc.constantFrom(...corpus), gap, fc.constantFrom(";", ";;", "; ;")),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  await fc.assert(
    fc.asyncProperty(mixture, async (parts) => {
      const script = parts.map((part) => part.join("")).join("");
      const statements = splitStatements(script);
      expect(statements.map(({ text }) => text)).toEqual(parts.map(([, text]) => text));
      expect(await engine.countStatements(script)).toBe(statements.length);
    }),
    { seed: 2, numRuns: 150 },
  );
});

test("agrees with the engine on any text that the engine accepts", async () => {
  await fc.assert(
    fc.asyncProperty(fragments, async (text) => {
      const count = await engine.countStatements(text);
      if (count !== undefined) expect(splitStatements(text).length).toBe(count);
    }),
    { seed: 3, numRuns: 1500 },
  );
});
