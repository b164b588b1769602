import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { SurqlError } from "@surql/errors";
import { checksumOf } from "../checksum.ts";
import { invalidMigrations, messageOf } from "../errors.ts";
import { unreadableFile } from "../problems.ts";
import { sumFileName } from "./sum.ts";

/** Where the sum of a directory is. */
export function sumPath(directory: string): string {
  return join(resolve(directory), sumFileName);
}

/** The text of the sum of a directory; `undefined` when it has none. */
export async function readSumText(directory: string): Promise<string | undefined> {
  try {
    return await readFile(sumPath(directory), "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw unreadable(sumPath(directory), error);
  }
}

/** The checksum of a file of a directory, as it is now. */
export async function readChecksum(directory: string, name: string): Promise<string> {
  const path = join(resolve(directory), name);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return checksumOf(bytes);
}

function unreadable(path: string, error: unknown): SurqlError {
  return invalidMigrations([unreadableFile(path, messageOf(error))]);
}
