import type { ExecutorEvent } from "./executor-event.ts";

/** What everything that writes can be told. */
export interface RunOptions {
  /** Who runs it, in words for the lock and the audit: `ada@laptop`. */
  readonly actor?: string | undefined;
  /** Version of the program, for the audit. */
  readonly toolVersion?: string | undefined;
  /** Milliseconds after which the lock of a runner that died may be taken over; 60,000 unless told. It is renewed while working. */
  readonly lockTtlMs?: number | undefined;
  /** Milliseconds to wait for a lock that another runner holds; 0 unless told. */
  readonly lockTimeoutMs?: number | undefined;
  /**
   * Milliseconds to wait for an index that is being built in the background or rebuilt; 600,000 unless told. Among
   * writers that never pause a build may never end; the next run, or a repair, checks it again.
   */
  readonly indexTimeoutMs?: number | undefined;
  /**
   * Stops the run before its next transaction, or its next statement outside of one. What is under way is
   * waited for: it commits or it does not, and the lock is given back either way.
   */
  readonly signal?: AbortSignal | undefined;
  /** Is told of every step as it happens. */
  readonly onEvent?: ((event: ExecutorEvent) => void) | undefined;
}
