import type { SurqlError } from "surql/errors";
import { commandIn } from "./command-in.ts";
import { invalidUsage } from "./errors.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printFailure } from "./output/failure.ts";
import { processOutput } from "./output/output.ts";
import { wantsJson } from "./output/wants-json.ts";
import { notFoundExit, oclifExitOf, toSurqlError } from "./to-surql-error.ts";

/** Prints an error that no command of ours has printed yet, and ends the process. @param root Where oclif finds the commands. */
export async function exitAfter(
  thrown: unknown,
  argv: readonly string[],
  root: string,
): Promise<never> {
  const { code } = thrown as { readonly code?: unknown };
  if (code === "EEXIT") process.exit(oclifExitOf(thrown) ?? 1);
  const output = processOutput();
  const end = argv.findIndex((argument) => argument.startsWith("-"));
  const words = argv.slice(0, end === -1 ? undefined : end);
  const error =
    (await unexpectedArgument(thrown, words, root)) ?? toSurqlError(thrown, words.join(" "));
  printFailure(output, error, wantsJson(argv));
  await output.flush();
  process.exit(exitCodeOf(error.category));
}

/** A command that is there, with more behind it than it takes. */
async function unexpectedArgument(
  thrown: unknown,
  words: readonly string[],
  root: string,
): Promise<SurqlError | undefined> {
  if (oclifExitOf(thrown) !== notFoundExit) return undefined;
  const command = await commandIn(words, root);
  if (command === undefined) return undefined;
  const name = command.join(" ");
  return invalidUsage(`Unexpected argument of ${name}: ${words.slice(command.length).join(" ")}`, [
    `Run \`surql ${name} --help\`.`,
  ]);
}
