import { stripVTControlCharacters } from "node:util";
import { isSurqlError } from "surql/errors";
import type { SurqlError } from "surql/errors";
import { invalidUsage, unexpected, unknownCommand } from "./errors.ts";

/** What `@oclif/plugin-not-found` exits with. */
export const notFoundExit = 127;
/** What oclif's own parser exits with. */
const usageExit = 2;

/**
 * Turns whatever was thrown into the error that is printed.
 *
 * @param command The words of the command that ran: `migrate up`.
 */
export function toSurqlError(thrown: unknown, command: string): SurqlError {
  if (isSurqlError(thrown)) return thrown;
  const exit = oclifExitOf(thrown);
  if (exit === notFoundExit) return unknownCommand(command);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (exit === usageExit)
    return invalidUsage(usageMessage(message), [`Run \`surql ${command} --help\`.`]);
  return unexpected(message.replaceAll(/\/\/[^\s/@]+@/g, "//"), thrown);
}

/** The exit code that oclif's errors carry. A plugin may bring its own copy of oclif, so their shape is asked. */
export function oclifExitOf(thrown: unknown): number | undefined {
  const { oclif } = thrown as { readonly oclif?: { readonly exit?: number } };
  return oclif?.exit;
}

/** What oclif says of wrong arguments, without values of flags: a mistyped one may hold a password. */
function usageMessage(message: string): string {
  return stripVTControlCharacters(message)
    .replace(/\n?See more help with --help/, "")
    .replace(/^Parsing (--\S+)\s+/, "$1: ")
    .replaceAll(/(--[\w-]+)=\S+/g, "$1")
    .trim();
}
