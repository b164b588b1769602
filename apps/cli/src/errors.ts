import { SurqlError } from "surql/errors";

/** The arguments or flags of a command are wrong. */
export function invalidUsage(message: string, nextActions: readonly string[]): SurqlError {
  return new SurqlError({ code: "CLI.INVALID_USAGE", category: "usage", message, nextActions });
}

/** There is no such command. */
export function unknownCommand(message: string): SurqlError {
  return new SurqlError({
    code: "CLI.UNKNOWN_COMMAND",
    category: "usage",
    message,
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

/** A question had to be asked and there was nobody to ask. */
export function confirmationRequired(what: string, flags: readonly string[]): SurqlError {
  return new SurqlError({
    code: "CLI.CONFIRMATION_REQUIRED",
    category: "refused",
    message: `${what} needs a confirmation, and there is no terminal to ask in.`,
    nextActions: [`Pass ${flags.join(" ")}, or run it in a terminal.`],
    meta: { flags },
  });
}

/** Somebody was asked and said no. */
export function declined(what: string): SurqlError {
  return new SurqlError({
    code: "CLI.DECLINED",
    category: "refused",
    message: `${what} was not approved. Nothing was changed.`,
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
