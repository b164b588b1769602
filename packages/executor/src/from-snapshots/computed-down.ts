import type { Migration } from "@surql/migration";
import type { DifferenceGap } from "@surql/snapshot";

/** What undoes a migration, computed from stored snapshots. */
export interface ComputedDown {
  readonly version: string;
  readonly statements: readonly string[];
  /** What no statement brings back. */
  readonly gaps: readonly DifferenceGap[];
  /** The version whose snapshot says how the schema was before. */
  readonly to: string;
  /** Whether its own snapshot says what it did; otherwise all in which the schema differs from that of `to` is undone. */
  readonly isKnown: boolean;
}

/** What came of computing ways back. */
export interface ComputedDowns {
  /** By version. */
  readonly computed: ReadonlyMap<string, ComputedDown>;
  /** Why none can be computed, by version. */
  readonly refused: ReadonlyMap<string, string>;
}

/** Whether a migration has no way back of its own: nothing to run, or declared so. Pure. */
export function lacksDown({ down, irreversible }: Migration): boolean {
  return down.length === 0 || irreversible !== undefined;
}

/**
 * The migration with the computed way back in place of its own. It can be in a transaction, whatever its `up` is like. Pure.
 *
 * @param done How many of the computed statements an interrupted rollback has done: they are skipped, so it does not matter what
 * stands in their place.
 */
export function withComputed(
  migration: Migration,
  { statements, to }: ComputedDown,
  done: number,
): Migration {
  const texts = [...Array.from({ length: done }, () => "LET $done = NONE"), ...statements];
  return {
    ...migration,
    path: `_schema_snapshot:${to}`,
    down: texts.map((text, at) => ({ text, line: at + 1, column: 1 })),
    irreversible: undefined,
    transaction: "required",
  };
}
