import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { tryMany } from "../try-many.ts";
import { quarantineCase, type QuarantineCase } from "./quarantine-case.ts";
import { roundTrip, type RoundTrip } from "./round-trip.ts";

/** Rolling back, keeping what that takes, and applying again gives every record back as it was. */
export function fuzzQuarantine(request: FuzzRequest): Promise<FuzzReport> {
  return fuzz("quarantine", 0, request);
}

/** The same with a table of 10,000 records besides, and edges between them. */
export function fuzzLargeQuarantine(request: FuzzRequest): Promise<FuzzReport> {
  return fuzz("quarantine-large", 10_000, request);
}

async function fuzz(name: string, volume: number, request: FuzzRequest): Promise<FuzzReport> {
  const kinds: RoundTrip["kind"][] = [];
  let records = 0;
  const judge = async (one: QuarantineCase): Promise<void> => {
    const { kind, mistakes, compared } = await roundTrip(one);
    kinds.push(kind);
    records += compared;
    if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  };
  const report = await tryMany(quarantineCase(volume), request, { name, judge, show });
  const count = (wanted: RoundTrip["kind"]): number =>
    kinds.filter((kind) => kind === wanted).length;
  const summary =
    `${count("kept")} kept and gave back, ${count("nothing")} took nothing, ${count("failed")} failed and left all as it was; ` +
    `${records} records compared`;
  return { ...report, summary };
}

function show({ migrations, fill, volume, batchAbove }: QuarantineCase): string {
  const scripts = migrations.map(
    ({ up, down, transaction }, position) =>
      `-- ${position + 1} up, transaction: ${transaction}\n${up}\n-- down\n${down}`,
  );
  return [
    ...scripts,
    "-- data",
    ...fill.map((one) => `${one};`),
    `-- and ${volume} records of t1; in batches above ${batchAbove}`,
  ].join("\n");
}
