import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileFailed } from "./file-errors.ts";

/**
 * Writes a file that a command was asked for: whole or not at all, replacing what was there.
 *
 * @throws `CLI.FILE_UNWRITABLE`.
 */
export async function writeOutputFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw fileFailed("write", path, error);
  }
}
