import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "surql/connection";
import { schemaOfDefinitions } from "surql/generator";
import { importSnapshot } from "surql/snapshot";
import type { Schema } from "surql/snapshot";
import { fileFailed, invalidUsage } from "../errors.ts";

/**
 * Reads the schema that a file or a folder describes: a snapshot (`.json`), or `DEFINE` statements, of a folder in all
 * `.surql` files below it.
 *
 * @param scratch An empty engine, in which definitions are built.
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_USAGE`, `GENERATOR.INVALID_DEFINITIONS`, `SNAPSHOT.*`.
 */
export async function readTarget(path: string, scratch: Database): Promise<Schema> {
  if (path.endsWith(".json")) return importSnapshot(await readText(path));
  const paths = await filesAt(path);
  if (paths.length === 0) {
    throw invalidUsage(`There are no .surql files in ${path}.`, ["Name another folder."]);
  }
  const files: { path: string; text: string }[] = [];
  for (const file of paths) files.push({ path: file, text: await readText(file) });
  return schemaOfDefinitions(scratch, files);
}

async function filesAt(path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => name.endsWith(".surql"))
      .toSorted()
      .map((name) => join(path, name));
  } catch (error) {
    throw fileFailed("read", path, error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw fileFailed("read", path, error);
  }
}
