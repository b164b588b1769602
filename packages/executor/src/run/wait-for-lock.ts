import { setTimeout as delay } from "node:timers/promises";
import type { Lease, LeaseAnswer } from "@surql/history";
import { interrupted } from "../errors.ts";
import { lockHeld } from "./lock-errors.ts";
import type { RunOptions } from "../options.ts";

/** Milliseconds between the first tries, and the most that it comes to. */
const firstPauseMs = 50;
const longestPauseMs = 1000;

/**
 * Asks for the lock until it is given or the time is over.
 *
 * @throws `EXECUTOR.LOCK_HELD`, `EXECUTOR.INTERRUPTED`, and what `acquire` throws.
 */
export async function waitForLock(
  acquire: () => Promise<LeaseAnswer>,
  { lockTimeoutMs = 0, signal, onEvent }: RunOptions,
): Promise<Lease> {
  const begun = performance.now();
  let told: string | undefined;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    if (signal?.aborted) throw interrupted();
    const answer = await acquire();
    if (answer.acquired) return answer.lease;
    const { holder } = answer;
    const waitedMs = performance.now() - begun;
    const leftMs = lockTimeoutMs - waitedMs;
    if (leftMs <= 0) throw lockHeld(holder, lockTimeoutMs > 0 ? waitedMs : 0);
    if (holder !== undefined && holder.runner !== told) {
      told = holder.runner;
      onEvent?.({ kind: "lock-waiting", holder, leftMs });
    }
    // Many that wait for one should not all come back at once.
    const pause = Math.min(pauseMs * (0.5 + Math.random() / 2), leftMs);
    await delay(pause, undefined, signal && { signal }).catch(() => undefined);
  }
}
