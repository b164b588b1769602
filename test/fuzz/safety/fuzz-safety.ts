import fc from "fast-check";
import type { FuzzRequest, FuzzReport } from "../fuzz-report.ts";
import { judgeScript } from "./judge-script.ts";
import { safetyCase, showCase } from "./safety-case.ts";

/**
 * The engine as judge: scripts that the analysis called safe must take nothing away, and the exact numbers of a
 * verdict must be what happens. Stops at the first one that is wrong, with the smallest database and scripts that
 * still show it.
 */
export async function fuzzSafety({ runs, seed, path }: FuzzRequest): Promise<FuzzReport> {
  const counts = { flagged: 0, failed: 0, ran: 0 };
  const property = fc.asyncProperty(safetyCase, async (one) => {
    const outcome = await judgeScript(one);
    counts[outcome.kind]++;
    const { kind, faults } = outcome;
    if (faults.length === 0) return;
    throw new Error(`${kind === "ran" ? "called safe, but " : ""}${faults.join("; ")}`);
  });
  const { counterexample, errorInstance, failed, numRuns, counterexamplePath } = await fc.check(
    property,
    { numRuns: runs, seed, path: path ?? "" },
  );
  const shown = counterexample?.[0];
  return {
    runs: numRuns,
    summary: `${counts.flagged} flagged, ${counts.failed} refused by the engine, ${counts.ran} called safe and run`,
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
          example: shown === undefined ? "" : showCase(shown),
        }
      : undefined,
  };
}
