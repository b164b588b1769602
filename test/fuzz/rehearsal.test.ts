import { expect, test } from "vitest";
import { fuzzRehearsal } from "./rehearsal/fuzz-rehearsal.ts";

test("40 random rollbacks: a rehearsal keeps nothing, and foretells what happens", async () => {
  const { failure, runs } = await fuzzRehearsal({ runs: 40, seed: 5 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(40);
});
