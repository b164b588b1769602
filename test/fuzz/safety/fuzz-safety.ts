import fc from "fast-check";
import type { FuzzRequest, FuzzReport } from "../fuzz-report.ts";
import { judgeScript } from "./judge-script.ts";
import { safetyCase } from "./safety-case.ts";

/**
 * The engine as judge: a script that the analysis called safe must take nothing away. Stops at the
 * first one that does, with the smallest database and script that still show it.
 */
export async function fuzzSafety({ runs, seed, path }: FuzzRequest): Promise<FuzzReport> {
  const counts = { flagged: 0, failed: 0, ran: 0 };
  const property = fc.asyncProperty(safetyCase, async (one) => {
    const outcome = await judgeScript(one);
    counts[outcome.kind]++;
    if (outcome.kind === "ran" && outcome.losses.length > 0) {
      throw new Error(`called safe, but ${outcome.losses.join("; ")}`);
    }
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
          example: `${shown?.database.join(";\n") ?? ""};\n-- down\n${shown?.down ?? ""};`,
        }
      : undefined,
  };
}
