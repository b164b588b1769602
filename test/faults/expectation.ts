import type { Observation } from "./observe.ts";
import { lockTtlMs, type Checked } from "./on-stage.ts";
import type { Scenario } from "./scenario.ts";

/** What a scenario may be found as. */
export interface Expectation {
  /** Before, between, after: what the database holds when each transaction is through. */
  readonly worlds: readonly Observation["world"][];
  readonly before: Observation;
  readonly after: Observation;
  /** Milliseconds that a lock may be held at most by one that is dead. */
  readonly lockMs: number;
  readonly indexesMayLag: boolean;
  readonly booksMayLag: boolean;
}

/** What is known of a scenario before anything goes wrong. */
export interface Learnt {
  readonly before: Observation;
  /** What each of its transactions leaves, done by hand. */
  readonly steps: readonly Observation["world"][];
  /** The database after an unharmed run, and after the ordinary command that then has nothing to do. */
  readonly unharmed: Checked;
}

/** @throws When not even an unharmed run can be gone on from. */
export function expectationOf(
  scenario: Scenario,
  { before, steps, unharmed }: Learnt,
): Expectation {
  if (unharmed.failure !== undefined) throw new Error(`${scenario.name}: ${unharmed.failure}`);
  const after = unharmed.found;
  return {
    before,
    after,
    worlds: [before.world, ...(steps.length > 0 ? steps : [after.world])],
    lockMs: lockTtlMs,
    indexesMayLag: scenario.indexesMayLag ?? false,
    booksMayLag: scenario.booksMayLag ?? steps.length > 0,
  };
}
