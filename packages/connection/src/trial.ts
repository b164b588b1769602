import type { SurqlError } from "@surql/errors";
import type { Bindings, ScriptStatement } from "./database.ts";

/** What came of one statement that was tried. */
export type Attempt =
  | {
      readonly success: true;
      readonly result: unknown;
      /** Milliseconds that the engine took; `undefined` where it does not tell. */
      readonly durationMs: number | undefined;
    }
  | {
      readonly success: false;
      readonly error: SurqlError;
      readonly durationMs: number | undefined;
    };

/**
 * What can be tried inside a transaction that is always cancelled. A failed statement does not end it:
 * the engine goes on after it (docs/engine.md), which is what a trial wants and a commit must not do.
 */
export interface Trial {
  /** Runs SurrealQL inside the transaction; the results of its statements, in order. Throws for the first failed one. */
  query(sql: string, bindings?: Bindings): Promise<readonly unknown[]>;
  /**
   * Tries every statement of a script, in one round trip: one attempt each, in order. Throws only when the
   * script as a whole could not be tried, as when it does not parse.
   */
  attempt(script: readonly ScriptStatement[], bindings?: Bindings): Promise<readonly Attempt[]>;
}
