import fc from "fast-check";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import type { SafetyCase } from "./judge-script.ts";
import { safetyCase, showCase } from "./safety-case.ts";

/** What came of one case: what is counted it as, and what is wrong with it. */
export interface Trial<Kind extends string> {
  readonly kind: Kind;
  readonly mistakes: readonly string[];
}

/** Tries random databases and scripts. Stops at the first with a mistake, shrunk to the smallest that still has one. */
export async function fuzzCases<Kind extends string>(
  { runs, seed, path = "" }: FuzzRequest,
  tryOne: (one: SafetyCase) => Promise<Trial<Kind>>,
  summarize: (count: (kind: Kind) => number) => string,
): Promise<FuzzReport> {
  const kinds: Kind[] = [];
  const property = fc.asyncProperty(safetyCase, async (one) => {
    const { kind, mistakes } = await tryOne(one);
    kinds.push(kind);
    if (mistakes.length > 0) throw new Error(mistakes.join("; "));
  });
  const { counterexample, errorInstance, failed, numRuns, counterexamplePath } = await fc.check(
    property,
    { numRuns: runs, seed, path },
  );
  const shown = counterexample?.[0];
  return {
    runs: numRuns,
    summary: summarize((wanted) => kinds.filter((kind) => kind === wanted).length),
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
          example: shown === undefined ? "" : showCase(shown),
        }
      : undefined,
  };
}
