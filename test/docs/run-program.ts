import { execFile } from "node:child_process";
import { join } from "node:path";
import { root } from "./find-examples.ts";

const app = join(root, "apps/cli");

/** What a program did, as a terminal would show it. */
export interface Run {
  readonly exitCode: number;
  readonly output: string;
}

/** Builds the command; quick when nothing has changed. */
export async function buildSurql(): Promise<void> {
  for (const args of [
    [join(root, "node_modules/typescript/bin/tsc"), "--build", app],
    [join(app, "node_modules/oclif/bin/run.js"), "manifest"],
  ]) {
    const { exitCode, output } = await runNode(args, app);
    if (exitCode !== 0) throw new Error(output);
  }
}

/** Runs the command in a project, without a terminal and without settings of the machine. */
export function runSurql(args: readonly string[], project: string): Promise<Run> {
  return runNode([join(app, "bin/run.js"), ...args], project);
}

function runNode(args: readonly string[], cwd: string): Promise<Run> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("SURQL_"));
  const env = { ...Object.fromEntries(own), NODE_ENV: "", NO_COLOR: "1" };
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: 100_000, maxBuffer: 2 ** 26 };
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr });
    });
    child.stdin?.end();
  });
}
