import * as fc from "fast-check";

export interface PlannedVersion {
  readonly version: string;
  readonly parents: readonly string[];
}

/**
 * Acyclic graphs of up to 25 versions with up to 3 parents each, in an order of insertion and with
 * names that have nothing to do with the edges.
 */
export const arbitraryGraph: fc.Arbitrary<readonly PlannedVersion[]> = fc
  .uniqueArray(fc.stringMatching(/^[a-c]{1,3}$/), { minLength: 1, maxLength: 25 })
  .chain((versions) =>
    fc
      .tuple(
        ...versions.map((version, index) =>
          fc
            .subarray(versions.slice(0, index), { maxLength: Math.min(3, index) })
            .map((parents) => ({ version, parents })),
        ),
      )
      .chain((planned) => fc.shuffledSubarray(planned, { minLength: planned.length })),
  );

/** Any directed graph: cycles, loops of one, missing parents. */
export const arbitraryTangle: fc.Arbitrary<readonly PlannedVersion[]> = fc.uniqueArray(
  fc.record({
    version: fc.stringMatching(/^[a-f]$/),
    parents: fc.uniqueArray(fc.stringMatching(/^[a-g]$/), { maxLength: 2 }),
  }),
  { selector: ({ version }) => version, maxLength: 6 },
);
