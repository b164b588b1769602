import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { fuzzCases } from "../safety/fuzz-cases.ts";
import { judgeTwice } from "./judge-twice.ts";

/**
 * Judging a random script with a rehearsal in a scratch engine is never better than without, changes nothing, and
 * calls no script a failure that the engine runs.
 */
export function fuzzScratch(request: FuzzRequest): Promise<FuzzReport> {
  return fuzzCases(
    request,
    judgeTwice,
    (count) =>
      `${count("refused")} not rehearsed, ${count("failed")} failed, ${count("agreed")} without a dispute, ${count("disputed")} with one`,
  );
}
