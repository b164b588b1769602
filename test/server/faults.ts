/** Which call to cut the connection at. */
export interface Cut {
  /** Count only calls of this method. Default: every call. */
  readonly method?: string;
  /** Count only queries whose text holds this. */
  readonly text?: string;
  /** Do not count queries whose text holds this. */
  readonly except?: string;
  /** The first such call is 1. */
  readonly nth: number;
  /** Before the engine runs it; after it did but before the answer is sent; or half-way through the answer. */
  readonly when: "before" | "after" | "within";
}

/** What the server does wrong on purpose. May be changed while it runs. */
export interface Faults {
  /** Cut new connections at once. */
  refuse: boolean;
  /** Take calls, and never answer them. */
  silent: boolean;
  /** Milliseconds before every answer. */
  delayMs: number;
  /** Cut the connection at a certain call, once. */
  cut: Cut | undefined;
}

export const noFaults: Readonly<Faults> = {
  refuse: false,
  silent: false,
  delayMs: 0,
  cut: undefined,
};
