import { defineRule } from "@surql/safety-analyzer";
import { expect, test } from "vitest";
import { fuzzSafety } from "./safety/fuzz-safety.ts";
import { judgeScript } from "./safety/judge-script.ts";

test("300 random rollbacks: what is called safe takes nothing away", async () => {
  const { failure, runs } = await fuzzSafety({ runs: 300, seed: 3 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(300);
});

const database = [
  "DEFINE TABLE t1 SCHEMAFULL PERMISSIONS NONE",
  "DEFINE FIELD a ON t1 TYPE int",
  "DEFINE FIELD b ON t1 TYPE option<string> PERMISSIONS FOR update NONE",
  "CREATE t1:1 SET a = 1, b = 'x'",
  "CREATE t1:2 SET a = 2",
  "DEFINE FUNCTION fn::may() { false }",
  "DEFINE TABLE t2 CHANGEFEED 1d PERMISSIONS FOR select WHERE fn::may()",
  "DEFINE USER ada ON DATABASE PASSHASH '$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA'",
];

// An analysis without rules calls everything safe: so it is the judge that has to see what is lost.
test.each([
  { down: "DELETE t1:2", losses: ["record t1:2 is gone"] },
  { down: "REMOVE TABLE t1", losses: ["t1 is gone", "t1.a is gone", "t1.b is gone"] },
  { down: "UPDATE t1:2 SET a = 3", losses: ["t1:2.a = 2 became 3"] },
  { down: "UPDATE t1:1 UNSET b", losses: ['t1:1.b = s"x" is gone'] },
  {
    down: "DEFINE FIELD OVERWRITE a ON t1 TYPE int ASSERT $value < 100",
    losses: ["UPDATE t1:1 SET a is refused now", "UPDATE t1:2 SET a is refused now"],
  },
  {
    down: "DEFINE FIELD c ON t1 TYPE int",
    losses: ["UPDATE t1:1 is refused now", "UPDATE t1:2 is refused now"],
  },
  {
    down: "ALTER TABLE t1 PERMISSIONS FOR select FULL",
    losses: ["the permission of t1 for select was false and is true"],
  },
  {
    down: "DEFINE FIELD OVERWRITE b ON t1 TYPE option<string>",
    losses: ["the permission of t1.b for update was false and is true"],
  },
  { down: "DEFINE FIELD c ON t1 COMPUTED fn::missing()", losses: ["reading t1 is gone"] },
  {
    down: "DEFINE FUNCTION OVERWRITE fn::may() { true }",
    losses: [
      "the permission of t2 for select was fn::may() [DEFINE FUNCTION fn::may() { false } PERMISSIONS FULL] and is fn::may() [DEFINE FUNCTION fn::may() { true } PERMISSIONS FULL]",
    ],
  },
  { down: "REMOVE USER ada ON DATABASE", losses: ["user ada is gone"] },
  {
    down: "ALTER TABLE t2 CHANGEFEED 1h",
    losses: [
      'changefeed of t2 was {"expiry":"1d","original":false} and is {"expiry":"1h","original":false}',
    ],
  },
  { down: "DEFINE TABLE t3; DEFINE INDEX i ON t1 FIELDS a UNIQUE", losses: [] },
])("the judge sees what $down takes away", async ({ down, losses }) => {
  const outcome = await judgeScript({ database, downs: [down] }, { rules: [] });
  expect(outcome).toMatchObject({ kind: "ran", faults: expect.arrayContaining(losses) });
  if (losses.length === 0) expect(outcome).toEqual({ kind: "ran", faults: losses });
});

// Rules that count too much: so it is the judge that has to see what is so.
test.each([
  { down: "REMOVE TABLE t1", code: "table_removed", wrong: "of t1 says 3, the engine shows 2" },
  { down: "DELETE t1:2", code: "records_deleted", wrong: "of t1 says 3, the engine shows 1" },
  {
    down: "REMOVE FIELD b ON t1",
    code: "field_removed",
    wrong: "of t1.b says 3, the engine shows 1",
  },
])("the judge counts for $down", async ({ down, code, wrong }) => {
  const isField = code === "field_removed";
  const rule = defineRule({
    name: "three",
    codes: [code],
    judgeStep: () => [
      {
        safety: "unsafe",
        code,
        object: isField ? { kind: "field", table: "t1", name: "b" } : { kind: "table", name: "t1" },
        tell: () => ({ description: "three", impact: { records: 3, exact: true } }),
      },
    ],
  });
  const outcome = await judgeScript({ database, downs: [down] }, { rules: [rule] });
  expect(outcome).toEqual({ kind: "flagged", faults: [`${code} ${wrong}`] });
});
