import { readStatement } from "@surql/surrealql";
import { describe, expect, test } from "vitest";
import { cutFiner, cutPlan, type Cut } from "../../src/rehearsal/cut-plan.ts";
import { planUnits } from "../../src/rehearsal/plan-units.ts";
import { stepsOf } from "../steps-of.ts";

function inShort(cuts: readonly Cut[]): readonly (readonly string[])[] {
  return cuts.map((units) =>
    units.map((unit) => unit.map(({ statement }) => statement.text).join("; ")),
  );
}

function cut(limit: number, ...scripts: readonly string[]): readonly Cut[] {
  return cutPlan(planUnits(stepsOf(...scripts)), ({ text }) => readStatement(text).touches, limit);
}

test("a plan that reading understands is one piece", () => {
  expect(inShort(cut(9, "DEFINE TABLE a; REMOVE TABLE b", "REMOVE FIELD c ON d"))).toEqual([
    ["DEFINE TABLE a", "REMOVE TABLE b", "REMOVE FIELD c ON d"],
  ]);
});

test("around what it does not surely understand, the schema is looked at", () => {
  const cuts = cut(
    9,
    "DEFINE TABLE a; fn::b(); CREATE c; REMOVE TABLE d",
    "IF $e { REMOVE TABLE f }",
  );
  expect(inShort(cuts)).toEqual([
    ["DEFINE TABLE a"],
    ["fn::b()"],
    ["CREATE c"],
    ["REMOVE TABLE d"],
    ["IF $e { REMOVE TABLE f }"],
  ]);
});

describe("no more often than the limit says", () => {
  const calls = Array.from({ length: 10 }, (_, at) => `fn::f${at}()`);

  test.each([1, 2, 3, 4, 7, 10, 50])("%i", (limit) => {
    const cuts = cut(limit, calls.join(";"));
    expect(cuts.length).toBeLessThanOrEqual(limit);
    expect(inShort(cuts).flat()).toEqual(calls);
  });

  test("and closer where that is wanted", () => {
    const cuts = cut(2, calls.join(";"));
    expect(inShort(cutFiner(cuts, (_, at) => at === 1, 9))).toEqual([
      calls.slice(0, 5),
      ...calls.slice(5).map((call) => [call]),
    ]);
  });
});

test("a variable holds as long as it is used", () => {
  const units = planUnits(
    stepsOf(
      "DEFINE TABLE z; LET $a = 1; DEFINE TABLE y; LET $b = $a;",
      "CREATE x SET b = $b; REMOVE TABLE y",
    ),
  );
  expect(inShort([units])).toEqual([
    [
      "DEFINE TABLE z",
      "LET $a = 1; DEFINE TABLE y; LET $b = $a; CREATE x SET b = $b",
      "REMOVE TABLE y",
    ],
  ]);
});
