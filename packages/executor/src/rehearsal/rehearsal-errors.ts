import { SurqlError } from "@surql/errors";
import type { MigrationFailure } from "../run/migration-failure.ts";

/**
 * A plan holds what cancelling its transaction would not undo.
 *
 * @param reasons One sentence each: the statement, and what it does.
 */
export function rehearsalRefused(target: string, reasons: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.REHEARSAL_REFUSED",
    category: "refused",
    message: `The rollback to ${target} cannot be rehearsed on the database. Nothing was run.`,
    why: ["A cancelled transaction would not undo all of it:", ...reasons].join("\n"),
    nextActions: [
      `Read what it would do without running it: surql migrate plan-rollback ${target}`,
    ],
    meta: { target, reasons },
  });
}

/** A rehearsal was asked for on a connection that cannot cancel a transaction. */
export function rehearsalUnsupported(): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.REHEARSAL_UNSUPPORTED",
    category: "usage",
    message: "This connection cannot rehearse a rollback. Nothing was run.",
    why: "That needs interactive transactions, which SurrealDB offers from 3.0 on over WebSocket and embedded, not over HTTP.",
    nextActions: [
      "Connect with ws:// or wss:// instead of http:// or https://.",
      "Or plan without rehearsing.",
    ],
  });
}

/**
 * The plan was rehearsed, and failed.
 *
 * @example
 * ```ts
 * const { failure } = await rehearseRollback(db, plan);
 * if (failure !== undefined) throw rehearsalFailed(plan.toVersion, failure);
 * ```
 */
export function rehearsalFailed(target: string, failure: MigrationFailure): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.REHEARSAL_FAILED",
    category: "state",
    message: `The rollback to ${target} failed in its rehearsal. Nothing was changed.`,
    why: failure.message,
    nextActions: [
      "Correct the migration, or what stands in its way in the database, then plan again.",
    ],
    meta: { ...failure },
  });
}
