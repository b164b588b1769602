import fc from "fast-check";
import { changesSomething } from "../changes-something.ts";
import type { Blow, CountedCall } from "./blow.ts";

/** A scenario on a store, and where it is killed. */
export interface Point<Of> {
  readonly of: Of;
  readonly blow: Blow;
}

/**
 * Chooses points by a seed: "before" and "after" each call, in an order by chance but those of calls that write
 * first; and, for a third, moments by chance within the calls that write. When there are not enough of the first
 * kind, all of them are there, and the rest is of the second.
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
  const moment = fc.tuple(
    fc.constantFrom(...calls.filter(({ writes }) => writes)),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  return [
    ...first.slice(0, few),
    ...fc.sample(moment, { seed, numRuns: count - few }).map(([{ of, call, number }, part]) => ({
      of,
      blow: { call: number, when: "during" as const, afterMs: Number((part * call.ms).toFixed(3)) },
    })),
  ];
}
