import { readFile } from "node:fs/promises";
import type { Database } from "surql/connection";
import {
  createSnapshot,
  emptySchema,
  importSnapshot,
  listSnapshots,
  loadSnapshot,
  schemaChecksum,
} from "surql/snapshot";
import type { SchemaSnapshot } from "surql/snapshot";
import { fileFailed } from "./file-errors.ts";
import { unknownSnapshot } from "./schema-errors.ts";

/**
 * Finds the snapshot that a word on the command line means: the empty schema (`base`), the database as it is (`live`), a file, or a stored version.
 *
 * @param word `base`, `live`, a path of a file that exists, or a version.
 * @param database Connects; called only when it is needed.
 * @throws `CLI.UNKNOWN_SNAPSHOT`, `CLI.FILE_UNREADABLE`, `SNAPSHOT.*`, `CONNECTION.*`.
 */
export async function findSnapshot(
  word: string,
  database: () => Promise<Database>,
): Promise<SchemaSnapshot> {
  if (word === "base") return emptySnapshot();
  if (word === "live") return createSnapshot(await database(), { version: "live" });
  const text = await readSnapshotFile(word);
  if (text !== undefined) return importSnapshot(text, word);
  const db = await database();
  const stored = await loadSnapshot(db, word);
  if (stored !== undefined) return stored;
  throw unknownSnapshot(
    word,
    (await listSnapshots(db)).map((snapshot) => snapshot.version),
  );
}

/** The schema of a database in which nothing is applied. */
function emptySnapshot(): SchemaSnapshot {
  const createdAt = new Date(0).toISOString();
  const checksum = schemaChecksum(emptySchema);
  return { format: 1, version: "base", createdAt, migrationCount: 0, checksum, ...emptySchema };
}

/** The text of a snapshot file; `undefined` when there is no such file. @throws `CLI.FILE_UNREADABLE` */
export async function readSnapshotFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw fileFailed("read", path, error);
  }
}
