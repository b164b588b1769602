import { spawn } from "node:child_process";
import { once } from "node:events";
import { environment, root } from "./environment.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * Runs a program of this repository in the user's terminal, with the arguments that followed the command,
 * and ends with its exit code.
 *
 * @param {string} file From the root.
 */
export async function runProgram(file) {
  const args = [file, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: "inherit" });
  // Ctrl-C in a terminal reaches the child as well; a signal for npm alone comes no further than here.
  process.on("SIGINT", () => child.kill("SIGINT"));
  const [code] = await once(child, "close");
  process.exitCode = code ?? 1;
}

/**
 * Compiles a folder and runs its `run.ts`, which so uses the packages as they were built.
 *
 * @param {string} folder From the root.
 * @param {string} [program] What `run.ts` becomes, from the folder.
 */
export async function runCompiled(folder, program = "dist/run.js") {
  const compiled = await runCommand("tsc", ["--build", folder]);
  if (compiled.ok) return runProgram(`${folder}/${program}`);
  console.error(compiled.output);
  process.exitCode = 1;
}
