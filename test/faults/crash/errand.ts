import { join } from "node:path";
import type { Learnt } from "../expectation.ts";
import type { Site } from "../on-stage.ts";
import type { Blow, CountedCall } from "./blow.ts";

/** A store on disk, in a folder of its own with its migration files, and what is done to it. */
export interface Place {
  readonly scenario: string;
  readonly store: "surrealkv" | "rocksdb";
  readonly folder: string;
}

/** Where the database of a place is. */
export function siteOf({ store, folder }: Place): Site {
  return { url: `${store}://${join(folder, "store")}`, folder };
}

/** What a process of the harness is to do. */
export type Errand =
  /** Make the store as it is before, and find out what may become of it: says {@link LearntCalls}. */
  | { readonly kind: "prepare"; readonly place: Place }
  /** Do it, or go on with it, and be killed: says what is through. */
  | {
      readonly kind: "run";
      readonly step: "run" | "goOn";
      readonly place: Place;
      readonly blow: Blow;
    }
  /** Look at what a kill left, and go on: says `Checked` of each. */
  | { readonly kind: "check"; readonly places: readonly Place[] };

/** What is known of a scenario before anything is killed. */
export interface LearntCalls extends Learnt {
  /** The calls that an unharmed run makes. */
  readonly calls: readonly CountedCall[];
}
