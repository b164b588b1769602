import { unwatched, type Watch } from "../../long-runs/watch.ts";
import { chooseScenarios, shortRun } from "../choose-scenarios.ts";
import { inLanes } from "../in-lanes.ts";
import type { Scenario } from "../scenario.ts";
import { chooseCuts, type ChosenCut, type FrameAt } from "./choose-cuts.ts";
import { cutFrame, wire, type Transport, type Wired } from "./cut-frame.ts";

/** How much to try: every frame unless a number is told. */
export interface CutRequest {
  readonly points?: number | undefined;
  readonly seed: number;
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
}

/** So many at a time: most of it is waiting, for a connection or for a lock that nobody gives back. */
const lanes = 6;

/** Cuts connections before a frame is read, after it was answered, and within the answer, and looks at what is left. */
export async function cutAtFrames(request: CutRequest): Promise<CutReport> {
  const { watch = unwatched } = request;
  const wired = await wireAll(request, watch.signal);
  const chosen = watch.signal.aborted ? [] : chooseCuts(wired, request);
  watch.expect(chosen.length);
  let points = 0;
  const wrong: string[] = [];
  const cutOne = async (cut: ChosenCut): Promise<void> => {
    const found = await findWrong(cut);
    for (const one of found) watch.found(one);
    wrong.push(...found);
    points += 1;
    watch.through(1);
  };
  await inLanes(chosen, lanes, cutOne, watch.signal);
  const frames = wired.reduce((sum, one) => sum + one.frames.length, 0);
  return { points, frames, wrong };
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

/** What goes wrong in the harness itself is a finding too, and no end of a long run. */
async function findWrong({ one, nth, when }: ChosenCut): Promise<readonly string[]> {
  const { scenario, transport } = one;
  const again = `npm run faults -- --only frames --scenario ${scenario.name} --transport ${transport} --at ${when}:${nth}`;
  const wrong = await cutFrame(one, nth, when).catch((error: unknown) => [
    `The harness failed: ${String(error)}`,
  ]);
  return wrong.map((text) => `${text}\n  Again: ${again}`);
}
