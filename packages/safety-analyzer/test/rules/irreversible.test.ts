import { expect, test } from "vitest";
import { judgeSteps } from "../../src/index.ts";
import { judgeCases } from "../judge-cases.ts";

judgeCases("irreversible", [
  { name: "an empty script", down: "", issues: ["unsafe irreversible 1 -"] },
  {
    name: "only comments",
    down: "-- nothing\n/* REMOVE TABLE user; */ # ;\n;;",
    issues: ["unsafe irreversible 1 -"],
  },
  {
    name: "one of several",
    down: ["DEFINE TABLE t;", "", "REMOVE TABLE t;"],
    issues: ["unsafe irreversible 2 -"],
  },
]);

judgeCases("unknown", [
  {
    name: "a statement that no rule knows",
    down: "LIVE SELECT * FROM user;",
    issues: ["unsafe unknown - -"],
  },
  {
    name: "a kind of object that surql does not know",
    down: "DEFINE GIZMO a; REMOVE GIZMO a;",
    issues: ["unsafe unknown - -", "unsafe unknown - -"],
  },
  {
    name: "what reaches beyond the database",
    down: "DEFINE DATABASE OVERWRITE other; ALTER DATABASE COMPACT;",
    issues: ["unsafe unknown other -", "unsafe unknown - -"],
  },
  {
    name: "another database or namespace takes nothing away",
    down: "DEFINE DATABASE other; DEFINE NAMESPACE IF NOT EXISTS other COMMENT 'x';",
    issues: [],
  },
  {
    name: "statements without effects are known",
    down: "SLEEP 1ms; SHOW CHANGES FOR TABLE user SINCE 1; LET $a = 1; IF false { THROW 'x' }; FOR $i IN [1] { CONTINUE };",
    issues: [],
  },
]);

test("a migration that is declared irreversible is unsafe on the way down only", () => {
  const steps = [
    {
      migration: "20260109_120000",
      statements: [{ text: "DEFINE TABLE t", line: 1, column: 1 }],
      irreversible: "mails were sent",
    },
  ];
  const down = judgeSteps(steps);
  expect(down.issues.map(({ code, description }) => [code, description])).toEqual([
    [
      "irreversible",
      "Migration 20260109_120000 is declared irreversible: mails were sent. Its down script may not undo it.",
    ],
  ]);
  expect(judgeSteps(steps, { direction: "up" }).overallSafety).toBe("safe");
});
