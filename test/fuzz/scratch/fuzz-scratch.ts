import fc from "fast-check";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { safetyCase, showCase } from "../safety/safety-case.ts";
import { judgeTwice } from "./judge-twice.ts";

/**
 * Judging a random script with a rehearsal in a scratch engine is never better than without, changes nothing, and
 * calls no script a failure that the engine runs. Stops at the first mistake, shrunk.
 */
export async function fuzzScratch({ runs, seed, path }: FuzzRequest): Promise<FuzzReport> {
  const counts = { refused: 0, failed: 0, agreed: 0, disputed: 0 };
  const property = fc.asyncProperty(safetyCase, async (one) => {
    const { kind, mistakes } = await judgeTwice(one);
    counts[kind]++;
    if (mistakes.length > 0) throw new Error(mistakes.join("; "));
  });
  const { counterexample, errorInstance, failed, numRuns, counterexamplePath } = await fc.check(
    property,
    { numRuns: runs, seed, path: path ?? "" },
  );
  const shown = counterexample?.[0];
  return {
    runs: numRuns,
    summary: `${counts.refused} not rehearsed, ${counts.failed} failed, ${counts.agreed} without a dispute, ${counts.disputed} with one`,
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
          example: shown === undefined ? "" : showCase(shown),
        }
      : undefined,
  };
}
