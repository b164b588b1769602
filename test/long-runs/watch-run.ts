import { describeProgress } from "./describe-progress.ts";
import type { Watch } from "./watch.ts";

/** The exit code of what somebody has ended. */
export const interrupted = 130;

/** Milliseconds from one line to the next. */
const lineEveryMs = 10_000;
/** One Ctrl-C comes as several signals: from the terminal, and from whoever started this process. */
const sameWishMs = 1000;

/**
 * Prints how far a long run has come, and everything that it finds at once, to stderr. `SIGINT` ends it early with what it
 * has reached, and exit code {@link interrupted}; a second one ends the process at once.
 */
export async function watchRun<T>(name: string, work: (watch: Watch) => Promise<T>): Promise<T> {
  /** What was made ready before says nothing of how fast the rest goes. */
  let begun = performance.now();
  const [wish, reached] = [new AbortController(), { total: 0, through: 0, found: 0 }];
  let wishedAt = Number.POSITIVE_INFINITY;
  const onInterrupt = (): void => {
    if (performance.now() - wishedAt > sameWishMs) process.exit(interrupted);
    if (wish.signal.aborted) return;
    wishedAt = performance.now();
    process.exitCode = interrupted;
    console.error(`${name}: ending what is under way; once more ends at once.`);
    wish.abort();
  };
  const lines = setInterval(() => {
    console.error(`${name}: ${describeProgress(reached, performance.now() - begun)}`);
  }, lineEveryMs);
  process.on("SIGINT", onInterrupt);
  try {
    return await work({
      expect: (total) => {
        reached.total = total;
        begun = performance.now();
      },
      through: (count) => {
        reached.through += count;
      },
      found: (finding) => {
        reached.found += 1;
        console.error(`\n${name}, finding ${reached.found}: ${finding}\n`);
      },
      signal: wish.signal,
    });
  } finally {
    clearInterval(lines);
    process.off("SIGINT", onInterrupt);
  }
}
