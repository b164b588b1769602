import { differenceCase, showCase, type DifferenceCase } from "../difference/difference-case.ts";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { judgeSnapshots } from "./judge-snapshots.ts";

/**
 * Two migrations between random schemas, without a way back: the stored snapshots lead back to the first, down to the checksum, and the two
 * squashed into one come to the same as both.
 */
export async function fuzzSnapshots(request: FuzzRequest): Promise<FuzzReport> {
  let [back, squashed, refused] = [0, 0, 0];
  const judge = async (one: DifferenceCase): Promise<void> => {
    const tried = await judgeSnapshots(one);
    back += tried.isBack ? 1 : 0;
    squashed += tried.isSquashed ? 1 : 0;
    refused += tried.isBack && tried.isSquashed ? 0 : 1;
  };
  const trial = { name: "snapshots", judge, show: showCase };
  const report = await tryMany(differenceCase, request, trial);
  const summary = `${back} led back, ${squashed} squashed; of ${refused} a part cannot be written down.`;
  return { ...report, summary };
}
