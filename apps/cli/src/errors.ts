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
