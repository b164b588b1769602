import { expect, test } from "vitest";
import { fuzzTokens } from "./tokens/fuzz-tokens.ts";

test("2,000 texts are read without loss, in linear time, and split as the engine does", async () => {
  const { failure, runs } = await fuzzTokens({ runs: 2_000, seed: 3 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(2_000);
});
