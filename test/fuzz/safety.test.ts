import { expect, test } from "vitest";
import { fuzzSafety } from "./safety/fuzz-safety.ts";
import { judgeScript } from "./safety/judge-script.ts";

test("60 random rollbacks: what is called safe takes nothing away", async () => {
  const { failure, runs } = await fuzzSafety({ runs: 60, seed: 3 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(60);
});

const database = [
  "DEFINE TABLE t1 SCHEMAFULL PERMISSIONS NONE",
  "DEFINE FIELD a ON t1 TYPE int",
  "DEFINE FIELD b ON t1 TYPE option<string> PERMISSIONS FOR update NONE",
  "CREATE t1:1 SET a = 1, b = 'x'",
  "CREATE t1:2 SET a = 2",
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
  { down: "DEFINE TABLE t2; DEFINE INDEX i ON t1 FIELDS a UNIQUE", losses: [] },
])("the judge sees what $down takes away", async ({ down, losses }) => {
  const outcome = await judgeScript({ database, downs: [down] }, { rules: [] });
  expect(outcome).toMatchObject({ kind: "ran", faults: expect.arrayContaining(losses) });
  if (losses.length === 0) expect(outcome).toEqual({ kind: "ran", faults: losses });
});
