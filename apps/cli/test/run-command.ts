import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { captureOutput } from "@oclif/test";
import { afterEach, beforeEach } from "vitest";

/** What a command did, as a shell would see it. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** A command class, as far as running it goes. */
export interface Runnable {
  run(argv: string[], options: { root: string }): Promise<unknown>;
}

// A program without commands of its own: what is tested is the class, and no build is needed.
const root = join(import.meta.dirname, "root");

/** Runs a command class from its source, in the working directory of this process. */
export async function runCommand(command: Runnable, ...argv: readonly string[]): Promise<Run> {
  const { stdout, stderr, error } = await captureOutput(() => command.run([...argv], { root }), {
    testNodeEnv: "production",
  });
  const exit = (error as { oclif?: { exit?: number } } | undefined)?.oclif?.exit;
  if (error !== undefined && exit === undefined) throw error;
  return { stdout, stderr, exitCode: exit ?? 0 };
}

/** Runs a command with `--json` and reads the one document it prints. */
export async function runJson(
  command: Runnable,
  ...argv: readonly string[]
): Promise<Run & { readonly document: unknown }> {
  const run = await runCommand(command, ...argv, "--json");
  return { ...run, document: JSON.parse(run.stdout) };
}

/** Puts every test of a file into an empty folder of its own, with none of the reader's own settings. */
export function inEmptyFolder(): void {
  const home = process.cwd();
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "surql-cli-")));
    process.chdir(folder);
    for (const name of Object.keys(process.env)) {
      if (name.startsWith("SURQL_")) delete process.env[name];
    }
  });
  afterEach(async () => {
    process.chdir(home);
    // A store that was just closed still tidies up.
    await rm(folder, { recursive: true, maxRetries: 10 });
  });
}
