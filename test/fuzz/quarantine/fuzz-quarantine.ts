import { isSurqlError } from "@surql/errors";
import fc from "fast-check";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { quarantineCase, type QuarantineCase } from "./quarantine-case.ts";
import { roundTrip, type RoundTrip } from "./round-trip.ts";

/** In a full run, every so many cases a table has 10,000 records. */
const largeEvery = 100;

/** Rolling back, keeping what that takes, and applying again gives every record back as it was. */
export async function fuzzQuarantine({ runs, seed, path = "" }: FuzzRequest): Promise<FuzzReport> {
  const kinds: RoundTrip["kind"][] = [];
  const property = fc.asyncProperty(
    quarantineCase(runs > largeEvery ? largeEvery : 0),
    async (one) => {
      const { kind, mistakes } = await roundTrip(one);
      kinds.push(kind);
      if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
    },
  );
  const { counterexample, errorInstance, failed, numRuns, counterexamplePath } = await fc.check(
    property,
    { numRuns: runs, seed, path },
  );
  const count = (wanted: RoundTrip["kind"]): number =>
    kinds.filter((kind) => kind === wanted).length;
  const shown = counterexample?.[0];
  return {
    runs: numRuns,
    summary: `${count("kept")} kept and gave back, ${count("nothing")} took nothing, ${count("failed")} failed and left all as it was`,
    failure: failed
      ? {
          path: counterexamplePath ?? "",
          reason: reasonOf(errorInstance),
          example: shown === undefined ? "" : show(shown),
        }
      : undefined,
  };
}

function reasonOf(error: unknown): string {
  if (isSurqlError(error)) return `${error.message} ${error.why ?? ""}`;
  return error instanceof Error ? error.message : String(error);
}

function show({ migrations, fill, volume }: QuarantineCase): string {
  const scripts = migrations.map(
    ({ up, down }, position) => `-- ${position + 1} up\n${up}\n-- down\n${down}`,
  );
  return [
    ...scripts,
    "-- data",
    ...fill.map((one) => `${one};`),
    `-- and ${volume} records of t1`,
  ].join("\n");
}
