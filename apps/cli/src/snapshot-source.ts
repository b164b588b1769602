import { readFile } from "node:fs/promises";
import type { Database } from "surql/connection";
import { createSnapshot, importSnapshot, listSnapshots, loadSnapshot } from "surql/snapshot";
import type { SchemaSnapshot } from "surql/snapshot";
import { fileFailed, unknownSnapshot } from "./errors.ts";

/**
 * Finds the snapshot that a word on the command line means: a file, the database as it is (`live`), or a stored version.
 *
 * @param word A path of a file that exists, `live`, or a version.
 * @param database Connects; called only when the word is no file.
 * @throws `CLI.UNKNOWN_SNAPSHOT`, `CLI.FILE_UNREADABLE`, `SNAPSHOT.*`, `CONNECTION.*`.
 */
export async function findSnapshot(
  word: string,
  database: () => Promise<Database>,
): Promise<SchemaSnapshot> {
  const text = await readSnapshotFile(word);
  if (text !== undefined) return importSnapshot(text);
  const db = await database();
  if (word === "live") return createSnapshot(db, { version: "live" });
  const stored = await loadSnapshot(db, word);
  if (stored !== undefined) return stored;
  throw unknownSnapshot(
    word,
    (await listSnapshots(db)).map((snapshot) => snapshot.version),
  );
}

async function readSnapshotFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileFailed("read", path, error);
  }
}
