import fc from "fast-check";
import type { Cut } from "../../server/faults.ts";
import { changesSomething } from "../changes-something.ts";
import { chooseScenarios } from "../choose-scenarios.ts";
import { cutFrame, wire, type Wired } from "./cut-frame.ts";

const ways = ["before", "after", "within"] as const satisfies readonly Cut["when"][];

/** How much to try: every frame unless a number is told. */
export interface CutRequest {
  readonly points?: number | undefined;
  readonly seed: number;
  readonly scenario?: string | undefined;
}

/** What came of it. */
export interface CutReport {
  readonly points: number;
  /** Frames that unharmed runs send, all in all. */
  readonly frames: number;
  readonly wrong: readonly string[];
}

/** Cuts connections before a frame is read, after it was answered, and within the answer, and looks at what is left. */
export async function cutAtFrames({ points, seed, scenario }: CutRequest): Promise<CutReport> {
  const wired: Wired[] = [];
  for (const one of chooseScenarios({ points, scenario })) {
    wired.push(await wire(one, "ws"));
    if (one.needsTransactions !== true) wired.push(await wire(one, "http"));
  }
  const all = wired.flatMap((one) =>
    one.frames.flatMap((label, index) =>
      ways.map((when) => ({ one, nth: index + 1, when, writes: changesSomething(label) })),
    ),
  );
  const everyOne = fc.shuffledSubarray(all, { minLength: all.length });
  const shuffled = fc.sample(everyOne, { seed, numRuns: 1 })[0] ?? [];
  const chosen = [true, false]
    .flatMap((writes) => shuffled.filter((cut) => cut.writes === writes))
    .slice(0, points ?? all.length);
  const wrong: string[] = [];
  // Four at a time: most of it is waiting, for a connection or for a lock that nobody gives back.
  const left = chosen.values();
  const lane = async (): Promise<void> => {
    for (const { one, nth, when } of left) wrong.push(...(await cutFrame(one, nth, when)));
  };
  await Promise.all(Array.from({ length: 4 }, lane));
  const frames = wired.reduce((sum, one) => sum + one.frames.length, 0);
  return { points: chosen.length, frames, wrong };
}
