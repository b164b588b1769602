import fc from "fast-check";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { safetyCase, showCase } from "../safety/safety-case.ts";
import { rehearseScript } from "./rehearse-script.ts";

/**
 * A rehearsal on a random database keeps nothing, and foretells what the random script does there: whether it fails,
 * why, and how many records each table holds then. Stops at the first mistake, shrunk.
 */
export async function fuzzRehearsal({ runs, seed, path }: FuzzRequest): Promise<FuzzReport> {
  const counts = { refused: 0, failed: 0, ran: 0 };
  const property = fc.asyncProperty(safetyCase, async (one) => {
    const { kind, mistakes } = await rehearseScript(one);
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
    summary: `${counts.refused} refused, ${counts.failed} failed as foretold, ${counts.ran} run as foretold`,
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
          example: shown === undefined ? "" : showCase(shown),
        }
      : undefined,
  };
}
