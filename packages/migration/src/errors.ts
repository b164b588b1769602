import { SurqlError } from "@surql/errors";
import type { MigrationProblem } from "./migration-problem.ts";

/** `MIGRATION.DIRECTORY_NOT_FOUND`: there is no such directory. */
export function directoryNotFound(directory: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "MIGRATION.DIRECTORY_NOT_FOUND",
    category: "usage",
    message: `There is no migration directory ${directory}.`,
    nextActions: ["Name the right one with --directory, or create it with `surql init`."],
    meta: { directory },
    cause,
  });
}

/** `MIGRATION.DIRECTORY_UNREADABLE`: the path is a file, or may not be listed. */
export function directoryUnreadable(directory: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "MIGRATION.DIRECTORY_UNREADABLE",
    category: "usage",
    message: `The migration directory ${directory} cannot be read.`,
    why: messageOf(cause),
    nextActions: ["Check that it is a directory, and the rights on it."],
    meta: { directory },
    cause,
  });
}

/** `MIGRATION.INVALID_NAME`: nothing of the name of a new migration can stand in a file name. */
export function unusableName(name: string): SurqlError {
  return new SurqlError({
    code: "MIGRATION.INVALID_NAME",
    category: "usage",
    message: `No file name can be made from the name ${JSON.stringify(name)}.`,
    why: "It has no letter from a to z and no digit.",
    nextActions: ["Say in a few words what the migration does: `add bio to user`."],
    meta: { name },
  });
}

/** `MIGRATION.WRITE_FAILED`: a new migration could not be written. */
export function writeFailed(directory: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "MIGRATION.WRITE_FAILED",
    category: "usage",
    message: `No migration could be written to ${directory}.`,
    why: messageOf(cause),
    nextActions: ["Check that it is a directory, the rights on it, and the free space."],
    meta: { directory },
    cause,
  });
}

/** `MIGRATION.INVALID_STATEMENT`: what was to be written would be read back as something else. */
export function unwritableStatements(name: string): SurqlError {
  return new SurqlError({
    code: "MIGRATION.INVALID_STATEMENT",
    category: "usage",
    message: `The statements for the migration ${JSON.stringify(name)} cannot be kept in one .surql file.`,
    why: "A line in one of them reads as a marker such as `-- @down`, or a bracket in it is not closed.",
    nextActions: ["Remove the line or close the bracket, or create a .ts migration."],
    meta: { name },
  });
}

/** The problem's own code when there is one; `MIGRATION.INVALID` for several. All stand in `meta.problems`. */
export function invalidMigrations(problems: readonly MigrationProblem[]): SurqlError {
  const [only] = problems;
  if (only === undefined || problems.length > 1) {
    return new SurqlError({
      code: "MIGRATION.INVALID",
      category: "usage",
      message: `The migrations have ${problems.length} problems:${problems.map((problem) => `\n- ${problem.message}`).join("")}`,
      nextActions: [...new Set(problems.flatMap(({ nextActions }) => nextActions))],
      meta: { problems },
    });
  }
  const { code, message, why, nextActions, ...where } = only;
  return new SurqlError({
    code,
    category: "usage",
    message,
    why,
    nextActions,
    meta: { ...where, problems },
  });
}

/** The first line of an error's text: loaders put excerpts of the source below it. */
export function messageOf(cause: unknown): string {
  const isOfSystem = cause instanceof Error && "syscall" in cause;
  const text = isOfSystem ? cause.message : String(cause);
  return text.split("\n", 1)[0] ?? "";
}
