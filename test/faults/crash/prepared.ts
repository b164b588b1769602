import { lockTtlMs, type Learnt, type Place } from "./errand.ts";
import type { Expectation } from "./judge.ts";
import { scenarioNamed } from "./scenarios.ts";
import { startChild } from "./start-child.ts";

/** A scenario on a store, ready to be killed. */
export interface Prepared extends Pick<Learnt, "calls"> {
  readonly template: Place;
  readonly expected: Expectation;
}

/** Makes the store as it is before, and learns what may be found. */
export async function prepare(template: Place): Promise<Prepared> {
  const scenario = scenarioNamed(template.scenario);
  const { said } = await startChild({ kind: "prepare", place: template });
  const { before, steps, calls, unharmed } = said[0] as Learnt;
  if (unharmed.failure !== undefined) throw new Error(`${scenario.name}: ${unharmed.failure}`);
  const after = unharmed.found;
  const expected = {
    before,
    after,
    worlds: [before.world, ...(steps.length > 0 ? steps : [after.world])],
    lockMs: lockTtlMs,
    indexesMayLag: scenario.indexesMayLag ?? false,
  };
  return { template, calls, expected };
}
