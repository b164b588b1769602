import { link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";

/** A file to be written. */
export interface NewFile {
  readonly name: string;
  readonly content: string;
}

/**
 * Writes a file under the first version, at or after a time, that no file of the directory has.
 *
 * The content goes to a hidden file named after the version alone, which is then renamed: the file
 * is there whole or not at all, and two programs that write in the same second get two versions.
 *
 * @param fileOf Makes the file, whose name begins with the version and `_`. What it throws is passed on.
 * @returns The path of the file.
 */
export async function writeVersioned(
  directory: string,
  now: Date,
  fileOf: (version: string) => NewFile,
): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (let time = now.getTime(); ; time += 1000) {
    const version = versionAt(new Date(time));
    const hidden = join(directory, `.${version}.tmp`);
    const handle = await openNew(hidden);
    if (handle === undefined) continue;
    let target: string | undefined;
    try {
      const names = await readdir(directory);
      if (names.some((name) => name.startsWith(`${version}_`))) continue;
      const { name, content } = fileOf(version);
      await handle.writeFile(content);
      await handle.sync();
      await handle.close();
      await rename(hidden, join(directory, name));
      target = join(directory, name);
      return target;
    } finally {
      if (target === undefined) await discard(handle, hidden);
    }
  }
}

/** Writes a file whose version others may have, too: whole or not at all, never over another one. */
export async function writeBeside(directory: string, { name, content }: NewFile): Promise<string> {
  await mkdir(directory, { recursive: true });
  const hidden = join(directory, `.${name}.tmp`);
  const target = join(directory, name);
  const handle = await open(hidden, "wx");
  try {
    await handle.writeFile(content);
    await handle.sync();
    // Fails where there is one; a rename would not.
    await link(hidden, target);
    return target;
  } finally {
    await discard(handle, hidden);
  }
}

/** `YYYYMMDD_HHMMSS` in UTC. */
function versionAt(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}

/** Opens a file that was not there, or gives `undefined` when it was. */
async function openNew(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "wx");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return undefined;
    throw error;
  }
}

async function discard(handle: FileHandle, path: string): Promise<void> {
  await handle.close();
  await rm(path, { force: true });
}
