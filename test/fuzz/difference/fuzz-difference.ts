import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { differenceCase, showCase, type DifferenceCase } from "./difference-case.ts";
import { judgeDifference } from "./judge-difference.ts";

/**
 * What is between two random schemas, of every kind of object, turns one into the other, down to the checksum, and back; it loses no record of a
 * table that stays, and is read as it was written.
 */
export async function fuzzDifference(request: FuzzRequest): Promise<FuzzReport> {
  let [objects, statements, records] = [0, 0, 0];
  const judge = async (one: DifferenceCase): Promise<void> => {
    const tried = await judgeDifference(one);
    objects += tried.objects;
    statements += tried.statements;
    records += tried.records;
  };
  const trial = { name: "difference", judge, show: showCase };
  const report = await tryMany(differenceCase, request, trial);
  const summary = `${objects} objects, ${statements} statements, ${records} records kept.`;
  return { ...report, summary };
}
