import { stripVTControlCharacters } from "node:util";
import { isSurqlError } from "surql/errors";
import type { SurqlError } from "surql/errors";
import { invalidUsage, unexpected, unknownCommand } from "./errors.ts";

/** What `@oclif/plugin-not-found` exits with. */
const notFoundExit = 127;
/** What oclif's own parser exits with. */
const usageExit = 2;

/** Turns whatever was thrown into the error that is printed. `help` is the command that explains the one that ran. */
export function toSurqlError(thrown: unknown, help: string): SurqlError {
  if (isSurqlError(thrown)) return thrown;
  const message = messageOf(thrown);
  const exit = oclifExitOf(thrown);
  if (exit === notFoundExit) return unknownCommand(message);
  if (exit === usageExit) return invalidUsage(message, [`Run \`${help}\`.`]);
  return unexpected(withoutCredentials(message), thrown);
}

/** The exit code that oclif's errors carry. A plugin may bring its own copy of oclif, so their shape is asked. */
export function oclifExitOf(thrown: unknown): number | undefined {
  const { oclif } = thrown as { readonly oclif?: { readonly exit?: number } };
  return oclif?.exit;
}

function messageOf(thrown: unknown): string {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return stripVTControlCharacters(message)
    .replace(/\n?See more help with --help/, "")
    .trim();
}

function withoutCredentials(message: string): string {
  return message.replaceAll(/\/\/[^\s/@]+@/g, "//");
}
