import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Errand } from "./errand.ts";

/** Child processes cannot load TypeScript on Node 20: they use what was compiled. */
const here = import.meta.dirname;
const program = here.includes("dist")
  ? join(here, "child.js")
  : join(here, "../dist/faults/crash/child.js");

/** What became of a process. */
export interface Ended {
  /** What it said, in order. */
  readonly said: readonly unknown[];
  readonly wasKilled: boolean;
}

/**
 * Runs an errand in a process of its own, to its end.
 *
 * @throws When it ended in any other way than well or, where that is its errand, by a blow.
 */
export async function startChild(errand: Errand): Promise<Ended> {
  const child = spawn(process.execPath, [program, JSON.stringify(errand)], {
    timeout: 600_000,
    killSignal: "SIGTERM",
    // In a group of its own: Ctrl-C is for the harness, which lets it come to its end.
    detached: true,
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  const wasKilled = errand.kind === "run" && signal === "SIGKILL";
  if (code !== 0 && !wasKilled) {
    throw new Error(`${errand.kind} ended with ${code ?? signal}: ${stderr}${stdout}`);
  }
  const lines = stdout.split("\n").slice(0, -1);
  return { said: lines.map((line) => JSON.parse(line) as unknown), wasKilled };
}
