import { spawn } from "node:child_process";
import util from "node:util";
import { environment, root } from "./environment.mjs";

/**
 * Runs a command to its end, without input, and gives back what it printed.
 *
 * @param {string} command A program on the path of {@link environment}.
 * @param {readonly string[]} args
 * @param {{ cwd?: string | undefined, minutes?: number }} [options] `minutes`: how long it may take before
 *   it is killed, 20 unless told.
 * @returns {Promise<{ ok: boolean, output: string, stdout: string }>} `output`: stdout and stderr as they
 *   came, uncoloured.
 */
export function runCommand(command, args, options = {}) {
  const { cwd = root, minutes = 20 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      timeout: minutes * 60_000,
      killSignal: "SIGKILL",
    });
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });

    /** @param {boolean} ok @param {string} note */
    const finish = (ok, note) => {
      resolve({ ok, output: util.stripVTControlCharacters(output) + note, stdout });
    };
    child.on("error", (error) => {
      finish(false, `\n${command} could not be started: ${error.message}\n`);
    });
    child.on("close", (code, signal) => {
      finish(code === 0, signal === null ? "" : `\n${command} was ended by ${signal}\n`);
    });
  });
}
