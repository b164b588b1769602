/** One call into the engine, as an unharmed run made it. */
export interface CountedCall {
  /** The readable part of the request. */
  readonly label: string;
  /** How long it took. */
  readonly ms: number;
}

/** Where a process is killed. */
export interface Blow {
  /** The number of the call, from 1. */
  readonly call: number;
  /** `after`: the engine has answered, and nobody has read it. */
  readonly when: "before" | "during" | "after";
  /** For `during`: milliseconds from the beginning of the call. */
  readonly afterMs: number;
}
