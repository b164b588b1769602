import { expect, test } from "vitest";
import { fuzzScratch } from "./scratch/fuzz-scratch.ts";

test("60 random rollbacks: no verdict becomes better by a rehearsal in a scratch engine", async () => {
  const { failure, runs } = await fuzzScratch({ runs: 60, seed: 5 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(60);
});
