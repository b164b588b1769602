import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../start-child.ts";
import type { ChosenCut } from "./choose-cuts.ts";
import type { Wired } from "./cut-frame.ts";
import { cutShare, type OnCut } from "./cut-share.ts";
import { writeWired, type SaidOfCut, type Share } from "./share.ts";

/** So many cuts share a process: an engine that has built an index stays in memory until its process ends. */
const shareSize = 100;

/**
 * Cuts at each of these places, in their order. More than one share of them is cut in processes of their own, one after
 * the other: so memory and threads do not grow with their number.
 */
export async function cutInShares(
  wired: readonly Wired[],
  cuts: readonly ChosenCut[],
  onCut: OnCut,
  signal: AbortSignal,
): Promise<void> {
  if (cuts.length <= shareSize) return cutShare(cuts, onCut, signal);
  const folder = await mkdtemp(join(tmpdir(), "surql-frames-"));
  try {
    const file = join(folder, "wired.json");
    await writeWired(file, wired);
    for (let begin = 0; begin < cuts.length && !signal.aborted; begin += shareSize) {
      const some = cuts.slice(begin, begin + shareSize);
      const share: Share = {
        file,
        cuts: some.map(({ one, nth, when }) => [wired.indexOf(one), nth, when]),
      };
      await cutInChild(share, (position, wrong) => onCut(begin + position, wrong), signal);
    }
  } finally {
    await rm(folder, { recursive: true, maxRetries: 10 });
  }
}

/** A process that ends before its share does leaves the rest of it wrong. */
async function cutInChild(share: Share, onCut: OnCut, signal: AbortSignal): Promise<void> {
  const left = new Set(share.cuts.keys());
  const onSaid = (said: unknown): void => {
    const { position, wrong } = said as SaidOfCut;
    left.delete(position);
    onCut(position, wrong);
  };
  let why = "It ended early.";
  await startChild("frames/child", share, { onSaid, signal }).catch((error: unknown) => {
    why = String(error).slice(0, 2000);
  });
  if (signal.aborted) return;
  for (const position of left) onCut(position, [`The process that was to cut here failed: ${why}`]);
}
