import fc from "fast-check";

/** The stores that runners meet on. */
export const meetingPlaces = ["mem", "surrealkv", "rocksdb", "ws"] as const;
export type MeetingPlace = (typeof meetingPlaces)[number];

/** How often each is met on: a file store takes its time to write. */
const shares: Readonly<Record<MeetingPlace, number>> = { mem: 3, surrealkv: 2, rocksdb: 1, ws: 3 };

/** What one of the runners does next. */
export type Action =
  /** Apply what is pending; `patient` ones wait for the lock. */
  | { readonly kind: "apply"; readonly steps: number | undefined; readonly run: Manner }
  /** Make a plan and carry it out. */
  | { readonly kind: "roll back"; readonly to: string; readonly run: Manner }
  /** Make a plan, for anybody to carry out later. */
  | { readonly kind: "plan"; readonly to: string }
  /** Carry out a plan that was kept; nothing when there is none. */
  | { readonly kind: "carry out"; readonly nth: number; readonly run: Manner }
  /** Somebody changes the schema by hand: of a table that migrations make, or of another one. */
  | { readonly kind: "by hand"; readonly table: string }
  /** As soon as somebody has a lease, it is over, as if its holder had slept. */
  | { readonly kind: "expire" }
  | { readonly kind: "unlock" };

/** How a runner goes about it. */
export interface Manner {
  readonly patient: boolean;
  /** The call at which it falls asleep, for longer than its lease; `undefined` for one that does not. */
  readonly sleepsAt: number | undefined;
}

/** Runners that are let loose on one database at the same time. */
export interface Interleaving {
  readonly place: MeetingPlace;
  /** How many migrations are applied at the beginning. */
  readonly applied: number;
  /** The target of a plan that is there at the beginning. */
  readonly planned: string;
  readonly runners: readonly (readonly Action[])[];
  /** Seed of the order in which their calls reach the database; `undefined` lets them run as they come. */
  readonly order: number | undefined;
}

/** The versions of the migrations that are applied and rolled back. */
export const versions = ["1", "2", "3"] as const;

const manner: fc.Arbitrary<Manner> = fc.record({
  patient: fc.boolean(),
  sleepsAt: fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  ),
});
const target = fc.constantFrom("base", "1", "2");

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("apply" as const),
      steps: fc.constantFrom(undefined, undefined, 1, 2),
      run: manner,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("roll back" as const), to: target, run: manner }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("plan" as const), to: target }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("carry out" as const),
      nth: fc.nat({ max: 2 }),
      run: manner,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("by hand" as const),
      table: fc.constantFrom("t1", "t3", "other"),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ kind: "expire" as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: "unlock" as const }) },
);

/** Interleavings of two runners, mostly, or of five. */
export function interleavings(places: readonly MeetingPlace[]): fc.Arbitrary<Interleaving> {
  const two = fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), {
    minLength: 2,
    maxLength: 2,
  });
  const five = fc.array(fc.array(action, { minLength: 1, maxLength: 2 }), {
    minLength: 5,
    maxLength: 5,
  });
  return fc.record({
    place: fc.constantFrom(
      ...places.flatMap((place) => Array.from({ length: shares[place] }, () => place)),
    ),
    applied: fc.constantFrom(0, 1, 3, 3),
    planned: target,
    runners: fc.oneof({ weight: 2, arbitrary: two }, { weight: 1, arbitrary: five }),
    order: fc.oneof(
      { weight: 3, arbitrary: fc.nat() },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  });
}
