import { run } from "@oclif/core/run";
import { settings } from "@oclif/core/settings";

// What runs is what was built, whatever NODE_ENV says.
settings.enableAutoTranspile = false;

/** Runs the command line that was given, prints what goes wrong outside the commands, and exits. */
export async function main(argv: readonly string[], root: string): Promise<void> {
  try {
    await run([...argv], root);
    const { flush } = await import("@oclif/core/flush");
    await flush();
  } catch (error) {
    const { exitAfter } = await import("./exit-after.ts");
    await exitAfter(error, argv, root);
  }
}
