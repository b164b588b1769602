import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { BackupFile, BackupFolder, RecordFile } from "surql/executor";
import * as v from "valibot";
import { fileFailed, folderNotEmpty, invalidBackup } from "./file-errors.ts";

/**
 * Writes a new file, whole or not at all. What is there is never replaced: it may be the only copy of somebody's data.
 *
 * @param fill Is given what writes to it.
 * @throws `CLI.FILE_UNWRITABLE`, and what `fill` throws.
 */
export async function writeNewFile<T>(
  path: string,
  fill: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const temporary = `${path}.${process.pid}.tmp`;
  if (await exists(path))
    throw fileFailed("write", path, new Error("There is a file of this name."));
  const file = await createFile(temporary, path);
  try {
    const result = await fill((text) => file.write(text));
    await file.close();
    await rename(temporary, path);
    return result;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

/**
 * A folder for a backup: a new or an empty one.
 *
 * @throws `CLI.FOLDER_NOT_EMPTY`, `CLI.FILE_UNWRITABLE`.
 */
export async function createBackupFolder(path: string): Promise<BackupFolder> {
  try {
    await mkdir(path, { recursive: true });
    if ((await readdir(path)).length > 0) throw folderNotEmpty(path);
  } catch (error) {
    throw isSystemError(error) ? fileFailed("write", path, error) : error;
  }
  return { open: (name) => createFile(join(path, name)) };
}

/**
 * The record files of a path: one file, or what the list of a backup names, with as many lines as it says.
 *
 * @throws `CLI.FILE_UNREADABLE`, `CLI.INVALID_BACKUP`.
 */
export async function* readRecordFiles(path: string): AsyncGenerator<RecordFile> {
  for (const { file, records } of await recordFilesIn(path)) {
    yield { name: basename(file), lines: linesOf(file, records) };
  }
}

interface ListedFile {
  readonly file: string;
  /** How many lines it has to have; `undefined` where no list says. */
  readonly records?: number | undefined;
}

const manifestSchema = v.object({
  format: v.literal(1),
  files: v.array(v.object({ file: v.string(), records: v.number() })),
});

async function recordFilesIn(path: string): Promise<readonly ListedFile[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: unknown) => {
      throw fileFailed("read", path, error);
    },
  );
  if (!isFolder) return [{ file: path }];
  const text = await readFile(join(path, "manifest.json"), "utf8").catch(() => {
    throw invalidBackup(
      path,
      "It has no manifest.json, which is written last: the backup was not finished.",
    );
  });
  const manifest = v.safeParse(v.pipe(v.string(), v.parseJson(), manifestSchema), text);
  if (!manifest.success) throw invalidBackup(path, "Its manifest.json is none of a backup.");
  return manifest.output.files.map(({ file, records }) => ({
    file: join(path, basename(file)),
    records,
  }));
}

async function* linesOf(path: string, records: number | undefined): AsyncGenerator<string> {
  const stream = createReadStream(path, "utf8");
  let count = 0;
  try {
    for await (const line of createInterface({
      input: stream,
      crlfDelay: Number.POSITIVE_INFINITY,
    })) {
      count += 1;
      yield line;
    }
  } catch (error) {
    throw isSystemError(error) ? fileFailed("read", path, error) : error;
  } finally {
    stream.destroy();
  }
  if (records !== undefined && records !== count) {
    throw invalidBackup(path, `It has ${count} lines; there were ${records} when it was written.`);
  }
}

/** @param wanted What the file is to be called in the end. */
async function createFile(path: string, wanted = path): Promise<BackupFile> {
  const failed = (error: unknown): never => {
    throw fileFailed("write", wanted, error);
  };
  await mkdir(dirname(path), { recursive: true }).catch(failed);
  const file = await open(path, "wx").catch(failed);
  let isOpen = true;
  return {
    write: (text) => file.appendFile(text).catch(failed),
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      // On disk, not only on its way: what it holds may be gone from the database in a moment.
      await file.sync().catch(failed);
      await file.close().catch(failed);
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
