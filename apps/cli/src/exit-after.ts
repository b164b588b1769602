import { exitCodeOf } from "./exit-code.ts";
import { printFailure } from "./output/failure.ts";
import { processOutput } from "./output/output.ts";
import { wantsJson } from "./output/wants-json.ts";
import { oclifExitOf, toSurqlError } from "./to-surql-error.ts";

/** Prints an error that no command of ours has printed yet, and ends the process. */
export async function exitAfter(thrown: unknown, argv: readonly string[]): Promise<never> {
  const { code } = thrown as { readonly code?: unknown };
  if (code === "EEXIT") process.exit(oclifExitOf(thrown) ?? 1);
  const output = processOutput();
  const end = argv.findIndex((argument) => argument.startsWith("-"));
  const error = toSurqlError(thrown, argv.slice(0, end === -1 ? undefined : end).join(" "));
  printFailure(output, error, wantsJson(argv));
  await output.flush();
  process.exit(exitCodeOf(error.category));
}
