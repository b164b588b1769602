import { expect, test } from "vitest";
import { fuzzDifference } from "./difference/fuzz-difference.ts";

test(
  "200 pairs of random schemas: what is between them turns one into the other, and back",
  { timeout: 180_000 },
  async () => {
    const { failure, runs } = await fuzzDifference({ runs: 200, seed: 20260109 });
    expect(failure).toBeUndefined();
    expect(runs).toBe(200);
  },
);
