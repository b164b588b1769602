import { startChild, type Ended } from "../start-child.ts";
import type { Errand } from "./errand.ts";

/** Runs an errand in a process of its own, to its end. */
export function runErrand(errand: Errand): Promise<Ended> {
  return startChild("crash/child", errand, { mayBeKilled: errand.kind === "run" });
}
