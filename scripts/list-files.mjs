import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "./environment.mjs";

/**
 * The files of the repository as they are now: tracked ones and new ones, without what is ignored.
 *
 * @returns {Promise<readonly string[]>} Paths from the root, with `/`.
 */
export async function listFiles() {
  const git = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await promisify(execFile)("git", git, { cwd: root, maxBuffer: 2 ** 26 });
  const files = stdout.split("\0").filter((file) => file !== "");
  return files.filter((file) => existsSync(path.join(root, file)));
}
