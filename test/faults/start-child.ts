import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** Child processes cannot load TypeScript on Node 20: they use what was compiled. */
const here = import.meta.dirname;
const compiled = here.includes("dist") ? here : join(here, "dist/faults");

/** What became of a process. */
export interface Ended {
  /** What it said, in order. */
  readonly said: readonly unknown[];
  readonly wasKilled: boolean;
}

/** How a process is followed. */
export interface ChildOptions {
  /** It may be that its errand kills it. */
  readonly mayBeKilled?: boolean;
  /** Is told of each thing that it says. */
  readonly onSaid?: (said: unknown) => void;
  /** Once this is aborted, it is told to come to its end: by `SIGTERM`, as when it takes too long. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a program of the harness in a process of its own, to its end. What it says is one line of JSON each.
 *
 * @param program The file behind `test/faults`, without its ending.
 * @param errand What it is to do, as its one argument.
 * @throws When it ended in any other way than well or, where it may, by a kill.
 */
export async function startChild(
  program: "crash/child" | "frames/child",
  errand: object,
  { mayBeKilled = false, onSaid, signal }: ChildOptions = {},
): Promise<Ended> {
  const argv = [join(compiled, `${program}.js`), JSON.stringify(errand)];
  const child = spawn(process.execPath, argv, {
    timeout: 600_000,
    killSignal: "SIGTERM",
    // In a group of its own: Ctrl-C is for the harness, which lets it come to its end.
    detached: true,
  });
  const stop = (): void => void child.kill("SIGTERM");
  signal?.addEventListener("abort", stop);
  const said: unknown[] = [];
  let stderr = "";
  createInterface(child.stdout).on("line", (line) => {
    const one = JSON.parse(line) as unknown;
    said.push(one);
    onSaid?.(one);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code, killedBy] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  signal?.removeEventListener("abort", stop);
  const wasKilled = mayBeKilled && killedBy === "SIGKILL";
  if (code !== 0 && !wasKilled) {
    throw new Error(`${program} ended with ${code ?? killedBy}: ${stderr}${JSON.stringify(said)}`);
  }
  return { said, wasKilled };
}
