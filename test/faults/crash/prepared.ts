import { expectationOf, type Expectation } from "../expectation.ts";
import { scenarioNamed } from "../scenarios.ts";
import type { LearntCalls, Place } from "./errand.ts";
import { runErrand } from "./run-errand.ts";

/** A scenario on a store, ready to be killed. */
export interface Prepared extends Pick<LearntCalls, "calls"> {
  readonly template: Place;
  readonly expected: Expectation;
}

/** Makes the store as it is before, and learns what may be found. */
export async function prepare(template: Place): Promise<Prepared> {
  const { said } = await runErrand({ kind: "prepare", place: template });
  const learnt = said[0] as LearntCalls;
  const expected = expectationOf(scenarioNamed(template.scenario), learnt);
  return { template, calls: learnt.calls, expected };
}
