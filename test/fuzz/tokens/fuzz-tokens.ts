import { splitStatements } from "@surql/surrealql";
import fc from "fast-check";
import type { FuzzReport, FuzzRequest } from "../fuzz-report.ts";
import { brokenLaws } from "./text-laws.ts";
import { openEngineReader } from "./engine-reader.ts";
import { timeLongTexts } from "./long-texts.ts";
import { randomText } from "./random-text.ts";
import { timeText } from "./time-text.ts";

/** Every so many texts, one is repeated to this length and timed. */
const timedEvery = 100;
const timedLength = 50_000;
/** A reader that is quadratic needs several times as much at this length, a busy machine a tenth. */
const slow = 10_000;
/** A run of less leaves out the texts of 5 MB, which take half a minute. */
const longFrom = 50_000;

/** Texts of every kind through everything that reads SurrealQL, beside the engine where it takes the text. */
export async function fuzzTokens({ runs, seed, path }: FuzzRequest): Promise<FuzzReport> {
  // First, while the memory is empty: to clean it up takes time too.
  const longest = runs < longFrom ? undefined : timeLongTexts();
  await using engine = await openEngineReader();
  let texts = 0;
  let accepted = 0;
  let slowest = { reader: "none", nanosecondsPerUnit: 0 };
  const property = fc.asyncProperty(randomText, async (text) => {
    const broken = brokenLaws(text);
    if (broken.length > 0) throw new Error(broken.join("; "));
    const count = await engine.count(text);
    if (count !== undefined) {
      accepted++;
      const found = splitStatements(text).length;
      if (found !== count) throw new Error(`split into ${found}, the engine executes ${count}`);
    }
    if (texts++ % timedEvery === 0) {
      const time = timeText(text, timedLength, slow);
      if (time.nanosecondsPerUnit > slowest.nanosecondsPerUnit) slowest = time;
      if (time.nanosecondsPerUnit > slow) throw new Error(`${time.reader} is not linear`);
    }
  });
  const result = await fc.check(property, { numRuns: runs, seed, path: path ?? "" });
  const { counterexample, errorInstance, failed, numRuns, counterexamplePath } = result;
  return {
    runs: numRuns,
    summary:
      `The engine accepts ${accepted} of ${texts}; slowest: ${slowest.reader}, ${Math.round(slowest.nanosecondsPerUnit)} ns per character` +
      (longest
        ? `; longest for 5 MB: ${longest.what}, ${Math.round(longest.milliseconds)} ms`
        : ""),
    failure: longest?.isTooSlow
      ? { path: "", reason: "5 MB take more than a second", example: longest.what }
      : failed
        ? {
            path: counterexamplePath ?? "",
            reason: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
            example: JSON.stringify(counterexample?.[0]),
          }
        : undefined,
  };
}
