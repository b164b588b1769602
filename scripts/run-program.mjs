import { spawn } from "node:child_process";
import { once } from "node:events";
import { environment, root } from "./environment.mjs";

/**
 * Runs a program of this repository in the user's terminal, with the arguments that followed the command,
 * and ends with its exit code.
 *
 * @param {string} file From the root.
 */
export async function runProgram(file) {
  const args = [file, ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: "inherit" });
  const [code] = await once(child, "close");
  process.exitCode = code ?? 1;
}
