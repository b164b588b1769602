import { SurqlError } from "surql/errors";
import { amount } from "./output/amount.ts";

/** The arguments or flags of a command are wrong. */
export function invalidUsage(message: string, nextActions: readonly string[]): SurqlError {
  return new SurqlError({ code: "CLI.INVALID_USAGE", category: "usage", message, nextActions });
}

/** There is no such command. */
export function unknownCommand(command: string): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_COMMAND",
    category: "usage",
    message: `There is no command \`${command}\`.`,
    nextActions: ["Run `surql help` for a list of commands."],
  });
}

/** Something failed that nobody foresaw. */
export function unexpected(message: string, cause: unknown): SurqlError {
  return new SurqlError({
    code: "CLI.UNEXPECTED",
    category: "failure",
    message,
    nextActions: ["Run it again with DEBUG=surql* to see where it happened."],
    cause,
  });
}

/**
 * A question had to be asked and there was nobody to ask.
 *
 * @param what What needs it, at the beginning of a sentence.
 * @param look How to see what it would do.
 * @param isGrave Whether it can lose data, and nobody consented to that.
 */
export function confirmationRequired(
  what: string,
  look: string,
  flags: readonly string[],
  isGrave = false,
): SurqlError {
  return new SurqlError({
    code: "CLI.CONFIRMATION_REQUIRED",
    category: "refused",
    message: `${what} ${isGrave ? "can lose data and needs an approval" : "needs a confirmation"}, and there is no terminal to ask in.`,
    nextActions: [look, `Then pass ${flags.join(" ")}, or run it in a terminal.`],
    meta: { flags },
  });
}

/** Somebody was asked about something (named at the beginning of a sentence) and said no. */
export function declined(what: string): SurqlError {
  return new SurqlError({
    code: "CLI.DECLINED",
    category: "refused",
    message: `${what} was not approved. Nothing was changed.`,
  });
}

/** Something waits for a decision that nobody made. */
export function repairUndecided(what: string): SurqlError {
  return new SurqlError({
    code: "CLI.REPAIR_UNDECIDED",
    category: "state",
    message: `Somebody has to decide about ${what}`,
    nextActions: [
      "Look in the database whether it ran.",
      "Then say so: --done when it did, --again when it did not; --abandon gives the migration up.",
    ],
  });
}

/** Ctrl-C. */
export function interrupted(): SurqlError {
  return new SurqlError({
    code: "CLI.INTERRUPTED",
    category: "interrupted",
    message: "Interrupted.",
    why: "A transaction that was running was either committed whole or not at all.",
    nextActions: ["Run `surql migrate status` to see where the database stands."],
  });
}

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

/** A snapshot is to be stored, and no applied migration gives it a version. */
export function unnamedSnapshot(): SurqlError {
  return invalidUsage("Nothing is applied, so there is no version to store the snapshot under.", [
    "Name it: surql migrate snapshot --version NAME",
  ]);
}

/** A new migration is to build on one that does not exist. */
export function unknownParents(unknown: readonly string[], known: readonly string[]): SurqlError {
  return invalidUsage(`There is no migration ${unknown.join(", ")} to build on.`, [
    known.length === 0
      ? "Leave out --depends-on: there are no migrations yet."
      : `Name others: the newest are ${known.slice(-5).join(", ")}.`,
  ]);
}

/** The directory of migrations is empty. */
export function noMigrations(directory: string): SurqlError {
  return new SurqlError({
    code: "CLI.NO_MIGRATIONS",
    category: "usage",
    message: `There are no migrations in ${directory}.`,
    nextActions: [
      "Write the first one: surql migrate create NAME",
      "Or name the right folder with --directory.",
    ],
    meta: { directory },
  });
}

/** A change of a database is to be recorded, and none of its migrations is. */
export function nothingApplied(pending: number): SurqlError {
  return new SurqlError({
    code: "CLI.NOTHING_APPLIED",
    category: "state",
    message: `Nothing is applied to this database, and ${amount(pending, "migration")} could be: what it holds cannot be told from what they make.`,
    nextActions: [
      "Apply them first: surql migrate up",
      "Or compare with files, not with a database: --to PATH",
    ],
    meta: { pending },
  });
}

/** A database is to be adopted by a project that has migrations. */
export function migrationsExist(directory: string, count: number): SurqlError {
  return new SurqlError({
    code: "CLI.MIGRATIONS_EXIST",
    category: "state",
    message: `A baseline is the first migration, and there ${count === 1 ? "is one" : `are ${count}`} in ${directory} already.`,
    nextActions: [
      "To apply them to this database: surql migrate up",
      "To adopt this database by a project of its own, name another folder: --directory",
    ],
    meta: { directory, migrations: count },
  });
}

/** The process ended while the command was still at work. */
export function endedEarly(): SurqlError {
  return new SurqlError({
    code: "CLI.ENDED_EARLY",
    category: "failure",
    message: "The command ended before it was done.",
    why: "A module of the project ended the process, or waits for something that never comes.",
    nextActions: [
      "Look at the configuration file and the migrations that are modules.",
      "Run `surql migrate status` to see where the database stands.",
    ],
  });
}

/** There is no snapshot of that name. */
export function unknownSnapshot(name: string, known: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_SNAPSHOT",
    category: "usage",
    message: `${name} is neither a stored snapshot nor a file.`,
    nextActions: [
      known.length === 0
        ? "Store one: surql migrate snapshot, or surql migrate up --auto-snapshot."
        : `Use live, the path of a snapshot file, or one of: ${known.slice(-5).join(", ")}.`,
    ],
    meta: { name, known },
  });
}

/** A version that neither is applied nor has a snapshot. @param applied In the order of applying. */
export function unknownVersion(name: string, applied: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_SNAPSHOT",
    category: "usage",
    message: `${name} is no applied version, no stored snapshot and no file.`,
    nextActions: [
      applied.length === 0
        ? "Nothing is applied here: give the path of a snapshot file, or base."
        : `Use base, the path of a snapshot file, a stored snapshot (surql migrate list-snapshots), or one of: ${applied.slice(-5).join(", ")}.`,
    ],
    meta: { name, known: applied },
  });
}

/** The database has another schema than what is recorded of its version. @param halfWay Versions that an interrupted run left so. */
export function driftFound(
  { from, changes }: { readonly from: string; readonly changes: readonly object[] },
  waysOut: readonly string[],
  halfWay: readonly string[] = [],
): SurqlError {
  return new SurqlError({
    code: "CLI.DRIFT",
    category: "state",
    message: `The schema of the database differs from what is recorded of ${from}: ${amount(changes.length, "change")}.`,
    why:
      halfWay.length > 0
        ? `A migration that is half-way has changed it: ${halfWay.join(", ")}.`
        : "Something other than a migration has changed it.",
    nextActions:
      halfWay.length > 0
        ? ["First go on with what is half-way, or give it up: surql migrate status", ...waysOut]
        : waysOut,
    meta: { version: from, changes: changes.length },
  });
}

/** A schema was restored, but for what its snapshot does not hold. */
export function schemaIncomplete(version: string, paths: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.SCHEMA_INCOMPLETE",
    category: "state",
    message: `The schema is that of ${version}, but for ${paths.join(", ")}.`,
    why: "Passwords and keys are in no snapshot, and some changes have no statement.",
    nextActions: [
      "Complete and run the statements that are shown.",
      "Then look what is left: surql migrate verify",
    ],
    meta: { version, paths },
  });
}
