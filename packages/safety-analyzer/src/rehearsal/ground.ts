import type { Database, Trial } from "@surql/connection";
import { isSurqlError, type SurqlError } from "@surql/errors";
import type { SchemaReader } from "@surql/snapshot";
import type { PlacedStatement } from "./schema-rehearsal.ts";
import type { Unit } from "./plan-units.ts";

/** A statement of a unit that failed. */
export interface Mishap {
  readonly placed: PlacedStatement;
  readonly error: SurqlError;
}

/** Where a plan is tried. */
export interface Ground {
  readonly kind: "scratch" | "live";
  readonly reader: SchemaReader;
  /** Runs a unit. The first statement of it that failed, or `undefined`. */
  run(unit: Unit): Promise<Mishap | undefined>;
}

/**
 * Tries units in an engine of its own, each in a transaction: without one the engine takes a call of a closure for
 * something that only reads (measured on 3.0.2).
 */
export function scratchGround(scratch: Database): Ground {
  return {
    kind: "scratch",
    reader: scratch,
    async run(unit) {
      try {
        await scratch.transact(unit.map(({ statement }) => ({ text: statement.text })));
        return undefined;
      } catch (error) {
        if (!isSurqlError(error)) throw error;
        const { index } = error.meta;
        return { placed: unit[typeof index === "number" ? index : 0] ?? unit[0]!, error };
      }
    },
  };
}

/** Tries units in a transaction on the database that is cancelled in the end. */
export function liveGround(trial: Trial): Ground {
  return {
    kind: "live",
    reader: trial,
    async run(unit) {
      const attempts = await trial.attempt(unit.map(({ statement }) => ({ text: statement.text })));
      for (const [index, attempt] of attempts.entries()) {
        if (!attempt.success) return { placed: unit[index] ?? unit[0]!, error: attempt.error };
      }
      return undefined;
    },
  };
}
