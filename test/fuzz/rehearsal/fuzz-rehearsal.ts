import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { fuzzCases } from "../safety/fuzz-cases.ts";
import { rehearseScript } from "./rehearse-script.ts";

/**
 * A rehearsal on a random database keeps nothing, and foretells what the random script does there: whether it fails,
 * why, and how many records each table holds then.
 */
export function fuzzRehearsal(request: FuzzRequest): Promise<FuzzReport> {
  return fuzzCases(
    request,
    rehearseScript,
    (count) =>
      `${count("refused")} refused, ${count("failed")} failed as foretold, ${count("ran")} run as foretold`,
  );
}
