import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Run } from "../run-command.ts";

const app = join(import.meta.dirname, "../..");

/** The program as it is installed. */
const program = join(app, "bin/run.js");

/** Builds what {@link program} runs; quick when nothing has changed. */
export async function buildProgram(): Promise<void> {
  for (const args of [
    [join(app, "../../node_modules/typescript/bin/tsc"), "--build", app],
    [join(app, "node_modules/oclif/bin/run.js"), "manifest"],
  ]) {
    const { exitCode, stdout, stderr } = await runNode(args, { cwd: app });
    if (exitCode !== 0) throw new Error(stdout + stderr);
  }
}

/** Runs the program to its end, without a terminal. */
export function runProgram(argv: readonly string[], options: RunOptions = {}): Promise<Run> {
  return runNode([program, ...argv], options);
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function runNode(args: readonly string[], { cwd, env }: RunOptions): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      args,
      {
        cwd: cwd ?? process.cwd(),
        env: { ...process.env, NODE_ENV: "", ...env },
        timeout: 100_000,
        maxBuffer: 64 * 2 ** 20,
      },
      (_error, stdout, stderr) => resolve({ stdout, stderr, exitCode: child.exitCode ?? -1 }),
    );
    child.stdin?.end();
  });
}

/** Runs the program until it sleeps in a statement, sends a signal, and each further one when it has noticed the last. */
export async function interrupt(
  argv: readonly string[],
  signals: readonly NodeJS.Signals[] = ["SIGINT"],
): Promise<Run> {
  const preload = join(import.meta.dirname, "tell-when-asleep.js");
  const child = spawn(process.execPath, ["--import", preload, program, ...argv], {
    timeout: 100_000,
  });
  const waiting = [...signals];
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => void (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    if (/asleep|Ctrl-C again/.test(text)) child.kill(waiting.shift() ?? 0);
  });
  const [exitCode] = (await once(child, "close")) as [number];
  return { exitCode, stdout, stderr };
}

/** Types keys at the program in a terminal, each as soon as its words stand there. Needs `script` of util-linux. */
export function typeAtProgram(
  argv: readonly string[],
  keys: readonly { readonly after: string; readonly type: string }[],
): Promise<{ readonly shown: string; readonly exitCode: number }> {
  const command = [process.execPath, program, ...argv].map((word) => `'${word}'`).join(" ");
  const child = spawn("script", ["-qec", `stty cols 100; ${command}`, "/dev/null"], {
    timeout: 100_000,
  });
  const waiting = [...keys];
  let shown = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    const [next] = waiting;
    if (next === undefined || !shown.includes(next.after)) return;
    waiting.shift();
    child.stdin.write(next.type);
  });
  return new Promise((resolve) => {
    child.once("close", (code) => resolve({ shown, exitCode: code ?? -1 }));
  });
}
