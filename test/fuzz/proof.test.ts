import { expect, test } from "vitest";
import { fuzzProof } from "./proof/fuzz-proof.ts";

test("12 random migrations: what is called exact is so in earnest, and all that is lost is named", async () => {
  const { failure, runs } = await fuzzProof({ runs: 12, seed: 1 });
  expect(failure).toBeUndefined();
  expect(runs).toBe(12);
});
