import { expect, test } from "vitest";
import { fuzzRoundTrip } from "./round-trip/fuzz-round-trip.ts";

test(
  "40 random schemas: each comes back from files, from the database and in other databases",
  { timeout: 180_000 },
  async () => {
    const { failure, runs } = await fuzzRoundTrip({ runs: 40, seed: 20260109 });
    expect(failure).toBeUndefined();
    expect(runs).toBe(40);
  },
);
