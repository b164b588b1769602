import { SurqlError } from "surql/errors";

/** A file could not be read or written. */
export function fileFailed(verb: "read" | "write", path: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: verb === "read" ? "CLI.FILE_UNREADABLE" : "CLI.FILE_UNWRITABLE",
    category: "usage",
    message: `Cannot ${verb} ${path}.`,
    why: cause instanceof Error ? cause.message : undefined,
    nextActions: ["Check the path and its permissions."],
    meta: { path },
    cause,
  });
}

/** A backup is to be written into a folder that holds something. */
export function folderNotEmpty(path: string): SurqlError {
  return new SurqlError({
    code: "CLI.FOLDER_NOT_EMPTY",
    category: "usage",
    message: `There are files in ${path}. Nothing was changed.`,
    nextActions: ["Name a new folder, or an empty one."],
    meta: { path },
  });
}

/** A folder is no backup, or not all of one. */
export function invalidBackup(path: string, why: string): SurqlError {
  return new SurqlError({
    code: "CLI.INVALID_BACKUP",
    category: "usage",
    message: `${path} is not a whole backup. Nothing was changed.`,
    why,
    nextActions: [
      "Use the folder as surql migrate rollback --backup wrote it; a single file of it can be given too.",
    ],
    meta: { path },
  });
}
