import { setTimeout as delay } from "node:timers/promises";
import { isSurqlError } from "@surql/errors";
import type { SurqlError } from "@surql/errors";

/** A try that failed, and will be repeated. */
export interface Retry {
  /** `conflict`: others wrote the same records; `connection`: it was lost. */
  readonly reason: "conflict" | "connection";
  /** How many tries have failed, from 1. */
  readonly failed: number;
  /** How many there are at most. */
  readonly attempts: number;
  readonly delayMs: number;
  readonly error: SurqlError;
}

/** What {@link retry} can be told. */
export interface RetryOptions {
  /** Is told before each repetition. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** Says of a failure that would be repeated whether it may be; all may unless told. */
  readonly mayRepeat?: ((error: SurqlError) => boolean) | undefined;
  /** Once it is aborted nothing is repeated any more. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * How often, and milliseconds before the first repetition; each further one waits twice as long, so a conflict is
 * given up after some 0.3 s and a lost connection after some 4 s.
 */
const patience = {
  conflict: { attempts: 6, delayMs: 10, maxDelayMs: 200 },
  connection: { attempts: 9, delayMs: 25, maxDelayMs: 2000 },
} as const;

/**
 * Runs work, and runs it again when the database undid it because others wrote the same records, or when the
 * connection was lost. Only for work that may be done twice: a read, a transaction that recognises its own traces.
 *
 * @throws What the last try failed with.
 * @example
 * ```ts
 * const applied = await retry(() => getAppliedMigrations(db));
 * ```
 */
export async function retry<T>(work: () => Promise<T>, options: RetryOptions = {}): Promise<T> {
  const failures = { conflict: 0, connection: 0 };
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const reason = reasonToRepeat(error);
      if (reason === undefined || !isSurqlError(error)) throw error;
      const failed = (failures[reason] += 1);
      const { attempts, delayMs: first, maxDelayMs } = patience[reason];
      const mayRepeat = options.mayRepeat?.(error) ?? true;
      if (!mayRepeat || failed === attempts || options.signal?.aborted) throw error;
      const longest = Math.min(first * 2 ** (failed - 1), maxDelayMs);
      // Two that met should not meet again.
      const delayMs = Math.ceil(longest * (0.5 + Math.random() / 2));
      options.onRetry?.({ reason, failed, attempts, delayMs, error });
      await delay(delayMs);
    }
  }
}

function reasonToRepeat(error: unknown): Retry["reason"] | undefined {
  if (!isSurqlError(error)) return undefined;
  if (error.code === "CONNECTION.CONFLICT") return "conflict";
  // A client that has stopped trying to connect does not begin again.
  return error.code === "CONNECTION.LOST" && !error.meta["final"] ? "connection" : undefined;
}
