import type { RetryOptions } from "@surql/connection";
import type { RunOptions } from "../options.ts";

/** How a run repeats what failed for others or for the network: it says so, and no longer once it is told to stop. */
export function retryOptions({ onEvent, signal }: RunOptions): RetryOptions {
  return {
    signal,
    onRetry: ({ reason, failed, attempts, delayMs }) =>
      onEvent?.({ kind: "retrying", reason, failed, attempts, delayMs }),
  };
}
