import type { Blow, CountedCall } from "./blow.ts";
import type { Observation } from "./observe.ts";

/** A store on disk, in a folder of its own with its migration files, and what is done to it. */
export interface Place {
  readonly scenario: string;
  readonly store: "surrealkv" | "rocksdb";
  readonly folder: string;
}

/** What a process of the harness is to do. */
export type Errand =
  /** Make the store as it is before, and find out what may become of it: says {@link Learnt}. */
  | { readonly kind: "prepare"; readonly place: Place }
  /** Do it, and be killed: says what is through. */
  | { readonly kind: "run"; readonly place: Place; readonly blow: Blow }
  /** Look at what a kill left, and go on: says {@link Checked} of each. */
  | { readonly kind: "check"; readonly places: readonly Place[] };

/** What is known of a scenario before anything is killed. */
export interface Learnt {
  readonly before: Observation;
  /** What each of its transactions leaves, done by hand. */
  readonly steps: readonly Observation["world"][];
  /** The calls that an unharmed run makes. */
  readonly calls: readonly CountedCall[];
  /** The store after an unharmed run, and after the ordinary command that then has nothing to do. */
  readonly unharmed: Checked;
}

/** A store after a run, and after the ordinary command. */
export interface Checked {
  readonly found: Observation;
  readonly end?: Observation;
  /** Why the ordinary command failed. */
  readonly failure?: string;
}

/** Milliseconds that a lock is held at a time: short, because the lock of each that is killed is waited for. */
export const lockTtlMs = 400;
