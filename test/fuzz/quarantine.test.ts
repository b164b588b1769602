import { expect, test } from "vitest";
import { fuzzQuarantine } from "./quarantine/fuzz-quarantine.ts";

test("20 random rollbacks: what is kept comes back equal", async () => {
  const { failure, runs } = await fuzzQuarantine({ runs: 20, seed: 1 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(20);
});
