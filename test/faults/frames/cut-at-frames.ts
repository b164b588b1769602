import { unwatched, type Watch } from "../../long-runs/watch.ts";
import { chooseScenarios, shortRun } from "../choose-scenarios.ts";
import { inLanes } from "../in-lanes.ts";
import type { Scenario } from "../scenario.ts";
import { chooseCuts, type FrameAt } from "./choose-cuts.ts";
import { wire, type Transport, type Wired } from "./cut-frame.ts";
import { cutInShares } from "./cut-in-shares.ts";

/** How much to try: every frame unless a number is told. */
export interface CutRequest {
  readonly points?: number | undefined;
  readonly seed: number;
  /** So many of them were tried before. */
  readonly from?: number | undefined;
  readonly scenario?: string | undefined;
  readonly transport?: Transport | undefined;
  /** Only this frame, as often as `points` says. */
  readonly at?: FrameAt | undefined;
  readonly watch?: Watch | undefined;
}

/** What came of it. */
export interface CutReport {
  readonly points: number;
  /** Frames that unharmed runs send, all in all. */
  readonly frames: number;
  readonly wrong: readonly string[];
  /** Where to go on, of a run that was ended early: all before it are through. */
  readonly next?: number;
}

/** So many scenarios are made ready at a time. */
const lanes = 6;

/** Cuts connections before a frame is read, after it was answered, and within the answer, and looks at what is left. */
export async function cutAtFrames(request: CutRequest): Promise<CutReport> {
  const { watch = unwatched, from = 0 } = request;
  const wired = await wireAll(request, watch.signal);
  const chosen = watch.signal.aborted ? [] : chooseCuts(wired, request).slice(from);
  watch.expect(chosen.length);
  const through = new Set<number>();
  const wrong: string[] = [];
  const onCut = (position: number, found: readonly string[]): void => {
    for (const one of found) watch.found(one);
    wrong.push(...found);
    through.add(position);
    watch.through(1);
  };
  await cutInShares(wired, chosen, onCut, watch.signal);
  const frames = wired.reduce((sum, one) => sum + one.frames.length, 0);
  const left = [...chosen.keys()].find((position) => !through.has(position));
  return { points: through.size, frames, wrong, ...(left !== undefined && { next: from + left }) };
}

async function wireAll(request: CutRequest, signal: AbortSignal): Promise<readonly Wired[]> {
  const pairs = chooseScenarios(request).flatMap((one, index, { length }) =>
    transportsOf(one, request, length > 1 ? index : undefined).map((through) => ({ one, through })),
  );
  const wired = new Map<number, Wired>();
  await inLanes(
    pairs,
    lanes,
    async ({ one, through }, index) => wired.set(index, await wire(one, through)),
    signal,
  );
  // In the order of the list, whichever was ready first: the seed chooses among them.
  return [...wired.entries()].toSorted(([a], [b]) => a - b).map(([, one]) => one);
}

/** A short run has each of its scenarios over one transport only: to make one ready takes as long as several cuts. */
function transportsOf(
  { needsTransactions = false }: Scenario,
  { points = Infinity, seed, transport }: CutRequest,
  index: number | undefined,
): readonly Transport[] {
  if (needsTransactions) return transport === "http" ? [] : ["ws"];
  if (transport !== undefined) return [transport];
  if (points >= shortRun || index === undefined) return ["ws", "http"];
  return (index + seed) % 2 === 0 ? ["ws"] : ["http"];
}
