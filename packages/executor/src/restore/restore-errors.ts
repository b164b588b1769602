import { SurqlError } from "@surql/errors";
import { redactSecrets } from "@surql/surrealql";
import type { RestoreObstacle } from "./find-obstacles.ts";

/** Nothing is kept under this id. */
export function nothingKept(id: string | undefined, known: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.NOTHING_KEPT",
    category: "usage",
    message:
      id === undefined
        ? "No rollback has kept anything that is still to be restored."
        : `Nothing is kept under ${id}.`,
    nextActions: [
      known.length === 0
        ? "A rollback keeps what it takes with --preserve, or preserve in the configuration."
        : `Use one of: ${known.slice(-5).join(", ")} (surql migrate restore --list shows all).`,
    ],
    meta: { id },
  });
}

/** Several rollbacks have kept something, and none was named. */
export function severalKept(events: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SEVERAL_KEPT",
    category: "usage",
    message: `${events.length} rollbacks have kept something; say which one is to be restored.`,
    nextActions: [
      "See what each has kept: surql migrate restore --list",
      `Then name one: surql migrate restore ${events.at(-1)}`,
    ],
    meta: { events },
  });
}

/** All that was asked for has been put back before. */
export function alreadyRestored(id: string): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.ALREADY_RESTORED",
    category: "state",
    message: `${id} was restored already. Nothing was changed.`,
    why: "Putting it back a second time would undo what was written since.",
    nextActions: [
      `It is kept until it expires; to have it as a file: surql migrate restore ${id} --to FILE`,
    ],
    meta: { id },
  });
}

/** What was kept does not fit into the schema or beside the records of today. */
export function restoreBlocked(obstacles: readonly RestoreObstacle[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.RESTORE_BLOCKED",
    category: "state",
    message: "What was kept cannot be put back as the database is now. Nothing was changed.",
    why: obstacles.map(({ description }) => description).join("\n"),
    nextActions: [
      "Apply the migration that defines it again: surql migrate up --restore theirs",
      "Where something else stands in the way, remove that, then restore again; or take it out as a file: surql migrate restore ID --to FILE",
    ],
    meta: { obstacles },
  });
}

/** The engine refused something while it was put back. */
export function restoreFailed(
  object: string,
  entry: string,
  reason: string,
  cause: unknown,
): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.RESTORE_FAILED",
    category: "state",
    message: `What was kept of ${object} could not be put back. Nothing was changed.`,
    why: redactSecrets(reason),
    nextActions: [
      "Correct what stands in the way, then run the same command again.",
      "Or go forward without it (surql migrate up --restore none), and give it back when everything is defined again: surql migrate restore",
    ],
    meta: { object, entry, reason: redactSecrets(reason) },
    cause,
  });
}
