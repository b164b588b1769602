import type { Watch } from "../long-runs/watch.ts";

/** How much to try. Equal requests try the same. */
export interface FuzzRequest {
  readonly runs: number;
  readonly seed: number;
  /** Where a failure was found, to show it again at once. */
  readonly path?: string | undefined;
  /** Who follows it; for topics that take their time. */
  readonly watch?: Watch | undefined;
}

/** What came of it. */
export interface FuzzReport {
  readonly runs: number;
  /** In one line, what was tried. */
  readonly summary: string;
  /** The first failure, shrunk. */
  readonly failure?: FuzzFailure | undefined;
}

interface FuzzFailure {
  readonly path: string;
  readonly reason: string;
  /** The input that shows it. */
  readonly example: string;
}
