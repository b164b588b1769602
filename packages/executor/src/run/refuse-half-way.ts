import type { Database } from "@surql/connection";
import { isSurqlError, SurqlError } from "@surql/errors";
import { readUnfinished, type Progress } from "@surql/history";
import type { MigrationDirection } from "@surql/migration";
import { unfinishedOtherWay } from "../errors.ts";

/**
 * A statement outside of a transaction was begun, and nobody knows whether it ran.
 *
 * @param cause What went wrong in this run; `undefined` when it was an earlier one.
 */
export function statementUnsettled(progress: Progress, cause?: unknown): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.STATEMENT_UNSETTLED",
    category: cause === undefined ? "state" : "partial",
    message: `${placeOf(progress)} was begun, and it is not known whether it ran.`,
    why: "It runs outside of a transaction, and its answer was lost, or the process ended before it was recorded.",
    nextActions: [
      `Look in the database whether this was done: ${progress.unsettled?.text ?? "the statement"}`,
      "If it was: surql migrate repair --done",
      "If it was not: surql migrate repair --again",
    ],
    meta: metaOf(progress),
    cause,
  });
}

/** A statement outside of a transaction ran, and that could not be written down: the next run will not know it. */
export function statementUnrecorded(progress: Progress, cause: unknown): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.STATEMENT_UNSETTLED",
    category: "partial",
    message: `${placeOf(progress)} ran, but that could not be recorded.`,
    why: cause instanceof Error ? cause.message : undefined,
    nextActions: ["Say so, and run the same command again: surql migrate repair --done"],
    meta: metaOf(progress),
    cause,
  });
}

function placeOf({ version, direction, statementsDone, unsettled }: Progress): string {
  return `Statement ${statementsDone + 1} of ${version} (${direction}, line ${unsettled?.line ?? "?"})`;
}

function metaOf(progress: Progress): Readonly<Record<string, unknown>> {
  const { version, direction, statementsDone, unsettled } = progress;
  return {
    migration: version,
    direction,
    statementIndex: statementsDone,
    statement: unsettled?.text,
    line: unsettled?.line,
  };
}

/** Whether an error says that it is not known whether a statement ran. */
export function isUnsettled(error: unknown): boolean {
  return isSurqlError(error) && error.code === "EXECUTOR.STATEMENT_UNSETTLED";
}

/**
 * Refuses what rests on the schema of a version while a migration is half-way: the database is at none then.
 *
 * @throws `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`, `CONNECTION.*`.
 * @example
 * ```ts
 * await refuseUnfinished(db);
 * await storeSnapshot(db, await createSnapshot(db, { version: "20260109_120000" }));
 * ```
 */
export async function refuseUnfinished(db: Database): Promise<void> {
  const unfinished = await readUnfinished(db);
  for (const direction of ["up", "down"] as const) refuseHalfWay(unfinished, direction);
}

/**
 * Refuses to begin anything while it is not known whether a statement ran, or while a migration is half-way in the
 * other direction: nobody has planned for that state.
 *
 * @param direction Where to; `undefined` when there is nothing to do.
 * @param planned The versions whose state somebody has planned for.
 * @throws `EXECUTOR.STATEMENT_UNSETTLED`, `EXECUTOR.UNFINISHED_MIGRATION`.
 */
export function refuseHalfWay(
  unfinished: ReadonlyMap<string, Progress>,
  direction: MigrationDirection | undefined,
  planned: readonly string[] = [],
): void {
  for (const progress of unfinished.values()) {
    if (progress.unsettled !== undefined) throw statementUnsettled(progress);
  }
  for (const progress of unfinished.values()) {
    if (planned.includes(progress.version)) continue;
    if (direction !== undefined && progress.direction !== direction) {
      throw unfinishedOtherWay(progress.version, progress.direction);
    }
  }
}
