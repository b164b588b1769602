import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { fuzzCases } from "./fuzz-cases.ts";
import { judgeScript } from "./judge-script.ts";

/**
 * The engine as judge: scripts that the analysis called safe must take nothing away, and the exact numbers of a
 * verdict must be what happens.
 */
export function fuzzSafety(request: FuzzRequest): Promise<FuzzReport> {
  return fuzzCases(
    request,
    async (one) => {
      const { kind, faults } = await judgeScript(one);
      const prefix = kind === "ran" ? "called safe, but " : "";
      return { kind, mistakes: faults.length === 0 ? [] : [prefix + faults.join("; ")] };
    },
    (count) =>
      `${count("flagged")} flagged, ${count("failed")} refused by the engine, ${count("ran")} called safe and run`,
  );
}
