import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Database } from "surql/connection";
import { schemaOfDefinitions } from "surql/generator";
import { importSnapshot } from "surql/snapshot";
import type { Schema } from "surql/snapshot";
import { invalidUsage } from "../errors.ts";
import { fileFailed } from "../file-errors.ts";

/**
 * Reads the schema that a file or a folder describes: a snapshot (`.json`), or `DEFINE` statements, of a folder in all
 * `.surql` files below it.
 *
 * @param scratch An empty engine, in which definitions are built.
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_USAGE`, `GENERATOR.INVALID_DEFINITIONS`, `SNAPSHOT.*`.
 */
export async function readTarget(path: string, scratch: Database): Promise<Schema> {
  if (path.endsWith(".json")) return importSnapshot(await readText(path), path);
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
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".surql"))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !relative(path, file).split(sep).some(isApart))
      .toSorted();
  } catch (error) {
    throw fileFailed("read", path, error);
  }
}

/** What stands in a folder for others: `.surql`, where the embedded database is, `node_modules`. */
function isApart(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw fileFailed("read", path, error);
  }
}
