import fc from "fast-check";
import type { Cut } from "../../server/faults.ts";
import { changesSomething } from "../changes-something.ts";
import type { Wired } from "./cut-frame.ts";

/** Where a connection is cut. */
export type FrameAt = Pick<Cut, "nth" | "when">;

/** A scenario over a transport, and where it is cut. */
export interface ChosenCut extends FrameAt {
  readonly one: Wired;
}

const ways = ["before", "after", "within"] as const satisfies readonly Cut["when"][];

/** What a request says about cuts. */
interface Choice {
  readonly points?: number | undefined;
  readonly seed: number;
  readonly at?: FrameAt | undefined;
}

/** Every frame in every way, or as many of them as are asked for: in an order by chance, those that write first. Pure. */
export function chooseCuts(
  wired: readonly Wired[],
  { points, seed, at }: Choice,
): readonly ChosenCut[] {
  if (at !== undefined) {
    const times = Array.from({ length: points ?? 1 }, () => at);
    return wired.flatMap((one) => times.map((time) => ({ one, ...time })));
  }
  const all = wired.flatMap((one) =>
    one.frames.flatMap((label, index) =>
      ways.map((when) => ({ one, nth: index + 1, when, writes: changesSomething(label) })),
    ),
  );
  const everyOne = fc.shuffledSubarray(all, { minLength: all.length });
  const shuffled = fc.sample(everyOne, { seed, numRuns: 1 })[0] ?? [];
  return [true, false]
    .flatMap((writes) => shuffled.filter((cut) => cut.writes === writes))
    .slice(0, points ?? all.length);
}
