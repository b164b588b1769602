import { isSurqlError } from "@surql/errors";
import fc from "fast-check";
import { splitStatements } from "@surql/surrealql";
import { describe, expect, test } from "vitest";
import { checkSyntax, refuseInvalid } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

describe("checkSyntax", () => {
  test.each([
    "",
    "DEFINE TABLE a; DEFINE FIELD b ON a TYPE option<string>;",
    "IF true { CREATE a:1 } ELSE { DELETE a };",
    "LET $a = { b: [1, (2)], c: '}', d: /}/ };",
    "DEFINE TABLE a -- to its end }",
    "DEFINE TABLE a /* } */; # {",
    "LIVE SELECT * FROM a; USE NS x; BEGIN; COMMIT; RETURN 1",
    "DEFINE FUNCTION fn::f($a: int) -> int { RETURN $a + 1 }",
  ])("%s parses", async (script) => {
    await using db = await openDatabase();
    expect(await checkSyntax(db, stepsOf(script))).toEqual([]);
  });

  test.each([
    ["DEFINE FEILD a ON b", 1, 8],
    ["DEFINE TABLE a;\n\n  DEFINE FEILD a ON b", 3, 10],
    ["DEFINE TABLE a;\n  DEFINE FIELD a\n    OOPS b;", 3, 5],
    ["LET $a = '😀'; DEFINE FEILD a", 1, 23],
    ["LET $a = '😀' DEFINE TABLE b", 1, 15],
    ["IF true { CREATE a:1", 1, 9],
    ["LET $a = [1, 2", 1, 10],
    ["LET $a = 'abc", 1, 10],
    ["LET $a = /* abc", 1, 10],
    ["LET $a = /abc", 1, 10],
    ["DEFINE TABLE `a", 1, 14],
    ["}", 1, 1],
    ["RETURN ({", 1, 9],
    ["DEFINE TABLE a;\nDEFINE FIELD", 2, 13],
    ["CREATE a:1 }", 1, 12],
  ])("%j does not parse at line %i, column %i", async (script, line, column) => {
    await using db = await openDatabase();
    const found = await checkSyntax(db, stepsOf(script));
    expect(found.map((one) => [one.line, one.column])).toEqual([[line, column]]);
  });

  test("finds the mistakes of all steps, and says them in the parser's words without secrets", async () => {
    await using db = await openDatabase();
    const found = await checkSyntax(
      db,
      stepsOf(
        "DEFINE FEILD a;\nDEFINE TABLE b;\nDEFINE USER ada ON DATABASE PASSWORD 'tiger' ROLE X",
        "DEFINE TABLE c",
        "IF true {",
      ),
    );
    expect(found.map(({ migration, line }) => [migration, line])).toEqual([
      ["1", 1],
      ["1", 3],
      ["3", 1],
    ]);
    expect(found[0]?.reason).toBe(
      "Unexpected token `an identifier`, expected a define statement keyword",
    );
    expect(JSON.stringify(found)).not.toContain("tiger");
  });

  test("counts lines and columns in the file that the statement is from", async () => {
    await using db = await openDatabase();
    const statements = [
      { text: "DEFINE TABLE a\n  OOPS", line: 12, column: 7 },
      { text: "OOPS x", line: 20, column: 5 },
    ];
    const found = await checkSyntax(db, [{ migration: "1", statements }]);
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [13, 3],
      [20, 10],
    ]);
  });

  test("statements that only parse together do not parse", async () => {
    await using db = await openDatabase();
    const statements = ["IF true {", "CREATE a:1", "}"].map((text, index) => ({
      text,
      line: index + 1,
      column: 1,
    }));
    const found = await checkSyntax(db, [{ migration: "1", statements }]);
    expect(found.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "`{` is never closed"],
      [3, "Unexpected token `}`, expected an expression"],
    ]);
  });

  test("runs nothing, whatever the script holds", async () => {
    await using db = await openDatabase();
    const pieces = [
      "CREATE t:1",
      ";",
      "\n",
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      "'",
      '"',
      "`",
      "/*",
      "*/",
      "--",
      "/",
      "§",
      "COMMIT",
      "BEGIN",
      "IF true ",
      "RETURN ",
      "|$a| ",
      "⟨",
      "⟩",
      "\\",
      "s'",
      "#",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), async (parts) => {
        await checkSyntax(db, [
          { migration: "1", statements: [{ text: parts.join(""), line: 1, column: 1 }] },
        ]);
        const [info] = await db.query("INFO FOR DB");
        expect(info).toMatchObject({ tables: {} });
        expect(Object.keys((info as { tables: object }).tables)).toEqual([]);
      }),
      { numRuns: 1500, seed: 11 },
    );
  });

  test("agrees with the engine about single statements", async () => {
    await using db = await openDatabase();
    const pieces = [
      "DEFINE TABLE a",
      "IF true {",
      "}",
      "LET $a = ",
      "1",
      "(",
      ")",
      "'x'",
      "'",
      "SELECT * FROM a",
      " ",
      "\n",
      "-- c",
      "/* d */",
      "`",
      "[",
      "]",
      ",",
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), async (parts) => {
        const [statement] = splitStatements(parts.join(" "));
        if (statement === undefined) return;
        const found = await checkSyntax(db, [{ migration: "1", statements: [statement] }]);
        // Behind a THROW in a transaction nothing runs; only a parse error is told apart from that.
        const asked = db.query(`BEGIN; THROW 'stop';\n${statement.text}\n;CANCEL;`);
        const refusal = await asked.then(
          () => "",
          (error: unknown) => (isSurqlError(error) ? error.code : String(error)),
        );
        expect(found.length > 0).toBe(refusal === "CONNECTION.INVALID_STATEMENT");
      }),
      { numRuns: 600, seed: 12 },
    );
  });

  test("what is no parse error is passed on", async () => {
    const db = await openDatabase();
    await db.close();
    await expect(checkSyntax(db, stepsOf("DEFINE TABLE a"))).rejects.toMatchObject({
      code: expect.stringMatching(/^CONNECTION\./) as string,
    });
  });
});

test("refuseInvalid throws one error for all mistakes", async () => {
  await using db = await openDatabase();
  await expect(
    refuseInvalid(db, stepsOf("DEFINE TABLE a;", "DEFINE TABLE b;\nDEFINE FEILD a; OOPS x")),
  ).rejects.toMatchObject({
    code: "SAFETY.INVALID_STATEMENT",
    category: "usage",
    message:
      "Migration 2, line 2, column 8: Unexpected token `an identifier`, expected a define statement keyword (and 1 more).",
    meta: { migration: "2", line: 2, column: 8, statement: "DEFINE FEILD a" },
  });
  await refuseInvalid(db, stepsOf("DEFINE TABLE a;"));
});
