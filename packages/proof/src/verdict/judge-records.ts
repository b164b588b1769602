import type { RecordChange } from "../proof.ts";
import { compareRecords } from "./compare-records.ts";
import type { Moments } from "./judge-moments.ts";

/** What of the records is not as it was: behind down, and behind up again what is not the same already. Pure. */
export function judgeRecords({ before, up, down, again }: Moments): readonly RecordChange[] {
  const byUp = new Set(compareRecords(before.records, up.records).map(placeOf));
  const behindDown = compareRecords(before.records, down.records).map((one): RecordChange => ({
    stage: "down",
    ...one,
    by: byUp.has(placeOf(one)) ? "up" : "down",
  }));
  const told = new Set(behindDown.map(placeOf));
  const behindUp = compareRecords(up.records, again.records).flatMap(
    (one): readonly RecordChange[] =>
      told.has(placeOf(one)) ? [] : [{ stage: "up again", ...one, by: "down" }],
  );
  return [...behindDown, ...behindUp];
}

function placeOf({
  table,
  field,
  change,
}: Pick<RecordChange, "table" | "field" | "change">): string {
  return JSON.stringify([table, field ?? null, change]);
}
