import { execFile } from "node:child_process";
import { join } from "node:path";

const app = join(import.meta.dirname, "../../../apps/cli");

/** What a command did, as a shell would see it. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs the built program in a folder, without a terminal. */
export function runProgram(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  return runNode([join(app, "bin/run.js"), ...argv], cwd, env);
}

/** Builds the program and the list of its commands; quick when nothing has changed. */
export async function buildProgram(): Promise<void> {
  for (const args of [
    [join(app, "../../node_modules/typescript/bin/tsc"), "--build", app],
    [join(app, "node_modules/oclif/bin/run.js"), "manifest"],
  ]) {
    const { exitCode, output } = await runNode(args, app);
    if (exitCode !== 0) throw new Error(output);
  }
}

/** Where {@link buildProgram} puts the list. */
export const manifest: string = join(app, "oclif.manifest.json");

function runNode(
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd, env: { ...process.env, NODE_ENV: "", ...env }, timeout: 600_000 };
    const child = execFile(process.execPath, [...args], options, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    );
    child.stdin?.end();
  });
}
