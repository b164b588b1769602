import { isSurqlError } from "@surql/errors";
import { describe, expect, test } from "vitest";
import { findForbidden, judgeSteps, refuseForbidden } from "../src/index.ts";
import { openDatabase } from "./open-database.ts";
import { stepsOf } from "./steps-of.ts";

const forbidden: readonly (readonly [script: string, what: string])[] = [
  ["USE NS other", "USE"],
  ["use db other;", "USE"],
  ["BEGIN", "BEGIN"],
  ["begin transaction;", "BEGIN"],
  ["COMMIT TRANSACTION", "COMMIT"],
  ["/* now */ cancel", "CANCEL"],
  ["OPTION IMPORT", "OPTION"],
  ["RETURN 1", "RETURN"],
  ["IF true { return 'x' }", "RETURN"],
  ["ALTER SYSTEM QUERY_TIMEOUT 1s", "ALTER SYSTEM"],
  ["REMOVE DATABASE main", "REMOVE DATABASE"],
  ["remove db if exists main", "REMOVE DATABASE"],
  ["REMOVE NAMESPACE app", "REMOVE NAMESPACE"],
  ["{ { REMOVE NS `app` } }", "REMOVE NAMESPACE"],
  ["DEFINE USER ada ON ROOT PASSWORD 'tiger'", "DEFINE USER … ON ROOT"],
  ["REMOVE USER ada ON NAMESPACE", "REMOVE USER … ON NAMESPACE"],
  ["DEFINE CONFIG DEFAULT NAMESPACE a DATABASE b", "DEFINE CONFIG … ON ROOT"],
  ["DEFINE ACCESS a ON ROOT TYPE BEARER FOR USER", "DEFINE ACCESS … ON ROOT"],
  [
    "DEFINE ACCESS a ON DATABASE TYPE JWT ALGORITHM HS512 KEY '[REDACTED]'",
    "DEFINE ACCESS with '[REDACTED]' for a secret",
  ],
  ['define user u on database passhash "[REDACTED]"', "DEFINE USER with '[REDACTED]' for a secret"],
  ["DEFINE FIELD none ON t", "the field name none"],
  ["DEFINE FIELD `Select`.a ON t", "the field name Select"],
  ["DEFINE INDEX i ON t FIELDS ok, `delete`.x", "the index column delete"],
];

describe("findForbidden", () => {
  test.each(forbidden)("%s", (script, what) => {
    const found = findForbidden(stepsOf(`DEFINE TABLE t;\n  ${script};`));
    expect(found.map((one) => one.what)).toEqual([what]);
    expect(found[0]).toMatchObject({ migration: "1", line: 2 });
  });

  test.each([
    "-- USE NS other\nDEFINE TABLE t",
    "LET $a = 'BEGIN; COMMIT; RETURN 1'",
    "DEFINE FUNCTION fn::f() { RETURN 1 }",
    "DEFINE EVENT e ON t THEN { RETURN 1 }",
    "LET $a = [1].map(|$x| { RETURN $x })",
    "DEFINE USER ada ON DATABASE PASSWORD 'p'",
    "DEFINE USER ada ON DATABASE PASSWORD 'p' COMMENT '[REDACTED]'",
    "DEFINE PARAM $mask VALUE '[REDACTED]'",
    "DEFINE FIELD a.select ON t",
    "DEFINE FIELD value ON t",
    "DEFINE TABLE `select`",
    "REMOVE TABLE database",
  ])("%s is allowed", (script) => {
    expect(findForbidden(stepsOf(script))).toEqual([]);
  });

  test("finds all, in order, without secrets", () => {
    const found = findForbidden(
      stepsOf(
        "DEFINE TABLE t;\nUSE NS x; BEGIN;",
        "DEFINE USER ada ON ROOT PASSWORD 'tiger' ROLES OWNER;",
      ),
    );
    expect(
      found.map(({ migration, line, column, what }) => [migration, line, column, what]),
    ).toEqual([
      ["1", 2, 1, "USE"],
      ["1", 2, 11, "BEGIN"],
      ["2", 1, 1, "DEFINE USER … ON ROOT"],
    ]);
    expect(JSON.stringify(found)).not.toContain("tiger");
  });
});

describe("refuseForbidden", () => {
  test("throws one error for all of them", () => {
    const steps = stepsOf("DEFINE TABLE t;\nUSE NS x; BEGIN;");
    const caught = catchError(() => refuseForbidden(steps));
    expect(caught).toMatchObject({
      code: "SAFETY.FORBIDDEN_STATEMENT",
      category: "usage",
      message: "Migration 1, line 2: USE is not allowed in a migration (and 1 more).",
      meta: { migration: "1", line: 2, statement: "USE NS x", found: findForbidden(steps) },
    });
    expect(isSurqlError(caught) && caught.nextActions.length).toBe(2);
  });

  test("lets everything else pass", () => {
    expect(() => refuseForbidden(stepsOf("REMOVE TABLE user;"))).not.toThrow();
  });
});

test("a plan with a forbidden statement is unsafe", () => {
  const verdict = judgeSteps(stepsOf("DEFINE TABLE t; USE NS x;"));
  expect(verdict).toMatchObject({ overallSafety: "unsafe", requiresApproval: true, issues: [] });
  expect(verdict.forbidden).toHaveLength(1);
});

describe("the engine does what we refuse it for", () => {
  test("a field with such a name makes its table unreadable", async () => {
    await using db = await openDatabase();
    await db.query(
      "DEFINE TABLE a; DEFINE FIELD `Select`.a ON a; DEFINE TABLE b; DEFINE INDEX i ON b FIELDS `delete`.x",
    );
    for (const table of ["a", "b"]) {
      await expect(db.query(`CREATE ${table}:1`)).rejects.toThrow(/conversion error/);
    }
    await db.query("DEFINE FIELD a.select ON c; CREATE c:1 SET a.select = 1");
  });

  test("a RETURN ends the transaction and skips the rest", async () => {
    await using db = await openDatabase();
    await db.query("BEGIN; CREATE t:1; RETURN 1; CREATE t:2; COMMIT;").catch(() => []);
    expect(await db.query("SELECT VALUE id FROM t")).toMatchObject([[{}]]);
  });
});

function catchError(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
