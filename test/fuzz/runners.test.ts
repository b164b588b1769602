import { expect, test } from "vitest";
import { fuzzRunners } from "./runners/fuzz-runners.ts";

test("25 random interleavings of two and five runners: nothing runs twice, no update is lost", async () => {
  const { failure, runs } = await fuzzRunners({ runs: 25, seed: 5 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(25);
});
