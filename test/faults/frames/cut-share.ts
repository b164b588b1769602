import { inLanes } from "../in-lanes.ts";
import type { ChosenCut } from "./choose-cuts.ts";
import { cutFrame } from "./cut-frame.ts";

/** So many at a time: most of it is waiting, for a connection or for a lock that nobody gives back. */
const lanes = 6;

/** What came of one cut of some, told by its position among them. */
export type OnCut = (position: number, wrong: readonly string[]) => void;

/** Cuts at each of these places, in this process, until a signal says that it is enough. */
export function cutShare(
  cuts: readonly ChosenCut[],
  onCut: OnCut,
  signal: AbortSignal,
): Promise<void> {
  return inLanes(
    cuts,
    lanes,
    async (cut, position) => onCut(position, await findWrong(cut)),
    signal,
  );
}

/** What goes wrong in the harness itself is a finding too, and no end of a long run. */
async function findWrong({ one, nth, when }: ChosenCut): Promise<readonly string[]> {
  const { scenario, transport } = one;
  const again = `npm run faults -- --only frames --scenario ${scenario.name} --transport ${transport} --at ${when}:${nth}`;
  const wrong = await cutFrame(one, nth, when).catch((error: unknown) => [
    `The harness failed: ${String(error)}`,
  ]);
  return wrong.map((text) => `${text}\n  Again: ${again}`);
}
