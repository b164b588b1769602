import { expect, test } from "vitest";
import { fuzzQuarantine } from "./quarantine/fuzz-quarantine.ts";

test("40 random rollbacks: what is kept comes back equal", async () => {
  const { failure, runs } = await fuzzQuarantine({ runs: 40, seed: 1 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(40);
}, 60_000);
