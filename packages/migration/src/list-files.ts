import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { directoryNotFound, directoryUnreadable } from "./errors.ts";
import { isMigrationFile } from "./file-name.ts";

/** The names of the migration files of a directory, in text order. */
export async function listFiles(directory: string): Promise<readonly string[]> {
  const path = resolve(directory);
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && isMigrationFile(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    throw isMissing ? directoryNotFound(path, error) : directoryUnreadable(path, error);
  }
}
