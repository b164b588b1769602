import { expect, test } from "vitest";
import { analyzeSteps } from "../../src/index.ts";
import { openDatabase } from "../open-database.ts";
import { stepsOf } from "../steps-of.ts";

const live = `
  DEFINE FUNCTION fn::endless() { fn::endless() };
  DEFINE FUNCTION fn::ping() { fn::pong() }; DEFINE FUNCTION fn::pong() { fn::ping() };
  DEFINE FUNCTION fn::sum($n: int) { IF $n <= 0 { RETURN 0 }; RETURN $n + fn::sum($n - 1) };
  DEFINE TABLE user; DEFINE TABLE post; CREATE user:1 SET n = 1;
  DEFINE TABLE slow; DEFINE FIELD code ON slow VALUE fn::endless();
  DEFINE TABLE lazy; CREATE lazy:1; DEFINE FIELD code ON lazy COMPUTED fn::endless();`;

// Each of the first five kills the process in which the engine runs, when it is tried.
test.each([
  ["a function that calls itself", "fn::endless();"],
  ["two that call each other", "UPDATE user SET n = fn::ping();"],
  ["a closure that is given itself", "LET $f = |$g: any| $g($g); $f($f);"],
  ["code of a field", "CREATE slow:1;"],
  ["a computed field", "UPDATE user SET n = (SELECT VALUE code FROM ONLY lazy:1);"],
  ["one that ends", "UPDATE user SET n = fn::sum(3);"],
])("%s is not tried, and the rest is", async (_what, statement) => {
  await using db = await openDatabase();
  await db.query(live);
  const steps = stepsOf(`REMOVE TABLE post; ${statement} UPDATE user SET n = 2 WHERE n = 1;`);
  const { issues, overallSafety, rehearsal } = await analyzeSteps(db, steps, {
    rehearse: { sample: 10 },
  });

  expect(overallSafety).toBe("unsafe");
  expect(issues).toContainEqual(
    expect.objectContaining({
      code: "table_removed",
      evidence: { reading: true, rehearsal: true },
    }),
  );
  expect(rehearsal?.ground).toBe("scratch");
  const why = /^it is not run, as it .* itself: one that does not end would end surql/;
  expect(rehearsal?.unproven).toContainEqual(
    expect.objectContaining({ why: expect.stringMatching(why) }),
  );
  expect(await db.query("SELECT VALUE n FROM user")).toEqual([[1]]);
});

test("a call that may never end is told, with what else the function does", async () => {
  await using db = await openDatabase();
  await db.query(
    `${live} DEFINE FUNCTION fn::prune($n: int) { DELETE user; IF $n > 0 { fn::prune($n - 1) } };`,
  );
  const { issues } = await analyzeSteps(db, stepsOf("fn::prune(2);"), { rehearse: true });
  expect(issues).toEqual([
    expect.objectContaining({
      safety: "unsafe",
      code: "side_effects",
      description: expect.stringContaining(
        "It deletes records of user, calls fn::prune, which calls itself: whether it ends, reading cannot tell.",
      ),
    }),
  ]);
});
