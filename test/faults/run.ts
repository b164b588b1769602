import { parseArgs } from "node:util";
import { killAtPoints } from "./crash/kill-at-points.ts";
import { cutAtFrames } from "./frames/cut-at-frames.ts";

interface Arguments {
  readonly points: number | undefined;
  readonly seed: number;
  readonly scenario: string | undefined;
  readonly store: "surrealkv" | "rocksdb" | undefined;
}

interface Report {
  readonly summary: string;
  readonly wrong: readonly string[];
}

/** What can go wrong; each tells in a line what was tried. */
const topics: Readonly<Record<string, (request: Arguments) => Promise<Report>>> = {
  async crash(request) {
    const { points, killed, calls, wrong } = await killAtPoints({
      ...request,
      points: request.points ?? 1000,
      onProgress: (done) => {
        if (done % 50 === 0) console.error(`${done} points`);
      },
    });
    return { summary: `${points} points, ${killed} killed, ${calls} calls into the engine`, wrong };
  },
  async frames(request) {
    const { points, frames, wrong } = await cutAtFrames(request);
    return { summary: `${points} cuts, ${frames} frames`, wrong };
  },
};

const usage =
  `npm run faults [-- --only ${Object.keys(topics).join("|")}] [--points N] [--seed N] ` +
  "[--scenario NAME] [--store surrealkv|rocksdb]";

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${text} is no whole number. ${usage}`);
  return Number(text);
}

function storeNamed(text: string | undefined): Arguments["store"] {
  if (text !== undefined && text !== "surrealkv" && text !== "rocksdb") throw new Error(usage);
  return text;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string" },
      points: { type: "string" },
      seed: { type: "string" },
      scenario: { type: "string" },
      store: { type: "string" },
    },
  });
  const { only, scenario } = values;
  if (only !== undefined && topics[only] === undefined) throw new Error(usage);
  const seed = wholeNumber(values.seed) ?? Date.now() % 1_000_000;
  const request = {
    points: wholeNumber(values.points),
    seed,
    scenario,
    store: storeNamed(values.store),
  };
  for (const [name, topic] of Object.entries(topics)) {
    if (only !== undefined && only !== name) continue;
    const started = performance.now();
    const { summary, wrong } = await topic(request);
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`${name}: seed ${seed}, ${seconds} s: ${summary}. ${wrong.length} findings.`);
    for (const one of wrong) console.log(`\n${one}`);
    if (wrong.length > 0) process.exitCode = 1;
  }
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
