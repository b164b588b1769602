import { SurqlError } from "@surql/errors";
import type { Progress } from "@surql/history";

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

/** Refuses to go on while it is not known whether a statement ran. @throws `EXECUTOR.STATEMENT_UNSETTLED` */
export function refuseUnsettled(unfinished: ReadonlyMap<string, Progress>): void {
  for (const progress of unfinished.values()) {
    if (progress.unsettled !== undefined) throw statementUnsettled(progress);
  }
}
