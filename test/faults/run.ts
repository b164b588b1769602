import { interrupted, watchRun } from "../long-runs/watch-run.ts";
import type { Watch } from "../long-runs/watch.ts";
import { killAtPoints } from "./crash/kill-at-points.ts";
import type { FaultAt } from "./fault-at.ts";
import { cutAtFrames } from "./frames/cut-at-frames.ts";
import { readArguments, type Arguments } from "./read-arguments.ts";

interface Report {
  readonly summary: string;
  readonly wrong: readonly string[];
}

const topicNames = ["crash", "frames"] as const;

/** What can go wrong; each tells in a line what was tried. */
const topics: Readonly<
  Record<(typeof topicNames)[number], (request: Arguments, watch: Watch) => Promise<Report>>
> = {
  async crash(request, watch) {
    const { at, again } = request;
    const { points, killed, calls, wrong } = await killAtPoints({
      ...request,
      points: request.points ?? (at === undefined ? 1000 : 1),
      at: at && blowOf(at),
      again: again && blowOf(again),
      watch,
    });
    return { summary: `${points} points, ${killed} killed, ${calls} calls into the engine`, wrong };
  },
  async frames({ at, ...request }, watch) {
    const { points, frames, wrong, next } = await cutAtFrames({
      ...request,
      at: at && cutOf(at),
      watch,
    });
    const rest = next === undefined ? "" : `; to go on: --seed ${request.seed} --from ${next}`;
    return { summary: `${points} cuts, ${frames} frames${rest}`, wrong };
  },
};

function blowOf({ when, nth, afterMs }: FaultAt): {
  call: number;
  when: "before" | "during" | "after";
  afterMs: number;
} {
  if (when === "within") throw new Error("A process is killed before, during or after a call.");
  return { call: nth, when, afterMs };
}

function cutOf({ when, nth }: FaultAt): { nth: number; when: "before" | "within" | "after" } {
  if (when === "during") throw new Error("A connection is cut before, within or after a frame.");
  return { nth, when };
}

async function run(): Promise<void> {
  const request = readArguments(process.argv.slice(2), topicNames);
  for (const name of topicNames) {
    if (request.only !== undefined && request.only !== name) continue;
    const started = performance.now();
    const { summary, wrong } = await watchRun(name, (watch) => topics[name](request, watch));
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(
      `${name}: seed ${request.seed}, ${seconds} s: ${summary}. ${wrong.length} findings.`,
    );
    if (wrong.length > 0) process.exitCode ??= 1;
    if (process.exitCode === interrupted) return;
  }
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
