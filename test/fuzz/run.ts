import { parseArgs } from "node:util";
import { interrupted, watchRun } from "../long-runs/watch-run.ts";
import { fuzzDifference } from "./difference/fuzz-difference.ts";
import type { FuzzReport, FuzzRequest } from "./fuzz-report.ts";
import { fuzzProof } from "./proof/fuzz-proof.ts";
import { fuzzLargeQuarantine, fuzzQuarantine } from "./quarantine/fuzz-quarantine.ts";
import { fuzzRehearsal } from "./rehearsal/fuzz-rehearsal.ts";
import { repeatCommand } from "./repeat-command.ts";
import { fuzzRoundTrip } from "./round-trip/fuzz-round-trip.ts";
import { fuzzRunners } from "./runners/fuzz-runners.ts";
import { fuzzSafety } from "./safety/fuzz-safety.ts";
import { fuzzScratch } from "./scratch/fuzz-scratch.ts";
import { fuzzSnapshots } from "./snapshots/fuzz-snapshots.ts";
import { fuzzTokens } from "./tokens/fuzz-tokens.ts";

/** A new topic is one folder, and one line here. */
const topics: Readonly<
  Record<string, { runs: number; run: (request: FuzzRequest) => Promise<FuzzReport> }>
> = {
  difference: { runs: 5000, run: fuzzDifference },
  proof: { runs: 2000, run: fuzzProof },
  "quarantine-large": { runs: 10, run: fuzzLargeQuarantine },
  quarantine: { runs: 2000, run: fuzzQuarantine },
  rehearsal: { runs: 2000, run: fuzzRehearsal },
  "round-trip": { runs: 2000, run: fuzzRoundTrip },
  runners: { runs: 10_000, run: fuzzRunners },
  safety: { runs: 20_000, run: fuzzSafety },
  scratch: { runs: 2000, run: fuzzScratch },
  snapshots: { runs: 1000, run: fuzzSnapshots },
  tokens: { runs: 100_000, run: fuzzTokens },
};

const usage = `npm run fuzz [-- --only ${Object.keys(topics).join("|")}] [--runs N] [--seed N] [--path P]`;

interface Arguments {
  readonly only: readonly string[];
  readonly runs: number | undefined;
  readonly seed: number;
  readonly path: string | undefined;
}

function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string" },
      runs: { type: "string" },
      seed: { type: "string" },
      path: { type: "string" },
    },
  });
  const { only, runs, seed, path } = values;
  if (only !== undefined && topics[only] === undefined) throw new Error(usage);
  return {
    only: only === undefined ? Object.keys(topics) : [only],
    runs: runs === undefined ? undefined : wholeNumber(runs),
    seed: seed === undefined ? Date.now() % 1_000_000 : wholeNumber(seed),
    path,
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${text} is no whole number. ${usage}`);
  return Number(text);
}

async function run({ only, runs, seed, path }: Arguments): Promise<boolean> {
  let passed = true;
  for (const name of only) {
    const topic = topics[name];
    if (topic === undefined) continue;
    const started = performance.now();
    const report = await watchRun(name, (watch) =>
      topic.run({ runs: runs ?? topic.runs, seed, path, watch }),
    );
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`${name}: ${report.runs} runs of seed ${seed} in ${seconds} s. ${report.summary}`);
    if (report.failure !== undefined) {
      passed = false;
      const { reason, example, path: found } = report.failure;
      console.log(`\nFAILED: ${reason}\n\n${example}\n`);
      console.log(`Again: ${repeatCommand(name, seed, found)}`);
    }
    if (process.exitCode === interrupted) break;
  }
  return passed;
}

try {
  if (!(await run(readArguments(process.argv.slice(2))))) process.exitCode ??= 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
