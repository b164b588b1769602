/** Who follows a long run, and may end it. */
export interface Watch {
  /** How much is to be tried, as soon as that is known. */
  readonly expect: (total: number) => void;
  /** So much more is through. */
  readonly through: (count: number) => void;
  /** Something is wrong: what, where, and how to see it again. */
  readonly found: (finding: string) => void;
  /** Aborted when the run is to end: what is under way is brought to its end, and nothing more is begun. */
  readonly signal: AbortSignal;
}

/** For short runs, whose report says it all. */
export const unwatched: Watch = {
  expect: () => undefined,
  through: () => undefined,
  found: () => undefined,
  signal: new AbortController().signal,
};
