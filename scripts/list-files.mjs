import { existsSync } from "node:fs";
import path from "node:path";
import { root } from "./environment.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * The files of the repository as they are now: tracked ones and new ones, without what is ignored.
 *
 * @returns {Promise<readonly string[]>} Paths from the root, with `/`.
 */
export async function listFiles() {
  // A clone that belongs to somebody else, as in a container, is fine to read.
  const flags = "-c safe.directory=* ls-files -z --cached --others --exclude-standard";
  const { ok, output, stdout } = await runCommand("git", flags.split(" "));
  if (!ok) throw new Error(`git ls-files failed:\n${output}`);
  return stdout.split("\0").filter((file) => file !== "" && existsSync(path.join(root, file)));
}
