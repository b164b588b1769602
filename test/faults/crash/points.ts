import fc from "fast-check";
import { changesSomething } from "../changes-something.ts";
import type { Blow, CountedCall } from "./blow.ts";

/** A scenario on a store, and where it is killed. */
export interface Point<Of> {
  readonly of: Of;
  readonly blow: Blow;
  /** Where the ordinary command that goes on is killed too, before it runs again. */
  readonly again?: Blow | undefined;
}

/**
 * Chooses points by a seed: "before" and "after" each call, in an order by chance but those of calls that write
 * first; and, for a third, moments by chance within the calls that write, half of which are killed again when they
 * go on. When there are not enough of the first kind, all of them are there, and the rest is of the second.
 */
export function choosePoints<Of extends { readonly calls: readonly CountedCall[] }>(
  prepared: readonly Of[],
  count: number,
  seed: number,
): readonly Point<Of>[] {
  const calls = prepared.flatMap((of) =>
    of.calls.map((call, index) => ({
      of,
      call,
      number: index + 1,
      writes: changesSomething(call.label),
    })),
  );
  const edges = calls.flatMap(({ of, number, writes }) =>
    (["before", "after"] as const).map((when) => ({
      of,
      blow: { call: number, when, afterMs: 0 },
      writes,
    })),
  );
  const everyEdge = fc.shuffledSubarray(edges, { minLength: edges.length });
  const shuffled = fc.sample(everyEdge, { seed, numRuns: 1 })[0] ?? [];
  const first = [true, false].flatMap((writes) =>
    shuffled.filter((edge) => edge.writes === writes),
  );
  const few = Math.min(edges.length, Math.ceil((count * 2) / 3));
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const writes = calls.filter((call) => call.writes);
  const moments = fc.constantFrom(...writes).chain(({ of, call, number }) => {
    const blow = part.map((one) => within(number, call, one));
    const again = fc.option(blowWithin(of.calls, part), { nil: undefined, freq: 1 });
    return fc.record({ of: fc.constant(of), blow, again });
  });
  return [...first.slice(0, few), ...fc.sample(moments, { seed, numRuns: count - few })];
}

/** Anywhere in a run. */
function blowWithin(calls: readonly CountedCall[], part: fc.Arbitrary<number>): fc.Arbitrary<Blow> {
  return fc.tuple(fc.constantFrom(...calls.keys()), part).map(([index, one]) => {
    return within(index + 1, calls[index] ?? { label: "", ms: 0 }, one);
  });
}

function within(call: number, { ms }: CountedCall, part: number): Blow {
  return { call, when: "during", afterMs: Number((part * ms).toFixed(3)) };
}
