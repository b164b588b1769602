/** Work of few milliseconds is disturbed most, and done so many times as often. */
export const moreOfShortWork = 4;

/** What both sides gave: ours, and the raw way. */
export interface Pair<T = number> {
  readonly ours: T;
  readonly raw: T;
}

/**
 * Does the same work in two ways in turns, so that whatever else the machine does meets both.
 * Who goes first changes from run to run.
 */
export async function inTurns<T>(
  runs: number,
  ours: () => Promise<T>,
  raw: () => Promise<T>,
): Promise<Pair<readonly T[]>> {
  const results = { ours: [] as T[], raw: [] as T[] };
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 1) results.raw.push(await raw());
    results.ours.push(await ours());
    if (run % 2 === 0) results.raw.push(await raw());
  }
  return results;
}

/** Does the same work in two ways in turns, each of which says what it cost. The median of each side's costs. */
export async function measurePair(
  runs: number,
  ours: () => Promise<number>,
  raw: () => Promise<number>,
): Promise<Pair> {
  const costs = await inTurns(runs, ours, raw);
  return { ours: median(costs.ours), raw: median(costs.raw) };
}

/** Milliseconds that some work takes. The garbage of what ran before is collected first. */
export async function timed(work: () => unknown): Promise<number> {
  globalThis.gc?.();
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const end = sorted.length - 1;
  const low = sorted[Math.floor(end / 2)] ?? Number.NaN;
  const high = sorted[Math.ceil(end / 2)] ?? Number.NaN;
  return (low + high) / 2;
}
