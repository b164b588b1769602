import { expect, test } from "vitest";
import { fuzzSnapshots } from "./snapshots/fuzz-snapshots.ts";

test(
  "15 pairs of migrations without a way back: snapshots lead back, and a squash comes to the same",
  { timeout: 180_000 },
  async () => {
    const { failure, runs } = await fuzzSnapshots({ runs: 15, seed: 20260109 });
    expect(failure).toBeUndefined();
    expect(runs).toBe(15);
  },
);
