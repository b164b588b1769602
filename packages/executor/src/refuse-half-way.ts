import { isSurqlError, SurqlError } from "@surql/errors";
import type { Progress } from "@surql/history";
import type { MigrationDirection } from "@surql/migration";
import { unfinishedOtherWay } from "./errors.ts";

/**
 * A statement outside of a transaction was begun, and nobody knows whether it ran.
 *
 * @param cause What went wrong in this run; `undefined` when it was an earlier one.
 */
export function statementUnsettled(progress: Progress, cause?: unknown): SurqlError {
  const { version, direction, statementsDone, unsettled } = progress;
  const place = `Statement ${statementsDone + 1} of ${version} (${direction}, line ${unsettled?.line ?? "?"})`;
  return new SurqlError({
    code: "EXECUTOR.STATEMENT_UNSETTLED",
    category: cause === undefined ? "state" : "partial",
    message: `${place} was begun, and it is not known whether it ran.`,
    why: "It runs outside of a transaction, and its answer was lost, or the process ended before it was recorded.",
    nextActions: [
      `Look in the database whether this was done: ${unsettled?.text ?? "the statement"}`,
      "If it was: surql migrate repair --done",
      "If it was not: surql migrate repair --again",
    ],
    meta: {
      migration: version,
      direction,
      statementIndex: statementsDone,
      statement: unsettled?.text,
      line: unsettled?.line,
    },
    cause,
  });
}

/** Whether an error says that it is not known whether a statement ran. */
export function isUnsettled(error: unknown): boolean {
  return isSurqlError(error) && error.code === "EXECUTOR.STATEMENT_UNSETTLED";
}

/**
 * Refuses to begin anything while it is not known whether a statement ran, or while a migration is half-way in the
 * other direction: nobody has planned for that state.
 *
 * @param direction Where to; `undefined` when there is nothing to do.
 * @throws `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`.
 */
export function refuseHalfWay(
  unfinished: ReadonlyMap<string, Progress>,
  direction: MigrationDirection | undefined,
): void {
  for (const progress of unfinished.values()) {
    if (progress.unsettled !== undefined) throw statementUnsettled(progress);
  }
  for (const progress of unfinished.values()) {
    if (direction !== undefined && progress.direction !== direction) {
      throw unfinishedOtherWay(progress.version, progress.direction);
    }
  }
}
