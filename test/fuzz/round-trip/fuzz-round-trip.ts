import type { DifferenceCase } from "../difference/difference-case.ts";
import { differenceCase, showCase } from "../difference/difference-case.ts";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { judgeRoundTrip } from "./judge-round-trip.ts";

/**
 * A snapshot of a random schema comes back as it was from a file and from the database, and makes an empty database, and one of another random
 * schema, what it was taken of.
 */
export async function fuzzRoundTrip(request: FuzzRequest): Promise<FuzzReport> {
  let [statements, gaps] = [0, 0];
  const judge = async (one: DifferenceCase): Promise<void> => {
    const tried = await judgeRoundTrip(one);
    statements += tried.statements;
    gaps += tried.gaps;
  };
  const trial = { name: "round-trip", judge, show: showCase };
  const report = await tryMany(differenceCase, request, trial);
  return { ...report, summary: `${statements} statements, ${gaps} gaps.` };
}
