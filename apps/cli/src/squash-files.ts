import { mkdir, readdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Squash } from "surql/generator";
import type { CreatedMigration, Migration } from "surql/migration";
import { invalidUsage } from "./errors.ts";

/** What the files of a squash are. */
export interface SquashedFiles extends CreatedMigration {
  /** Where the originals are now; absolute. */
  readonly moved: readonly string[];
}

/** The originals of squashes, as far as they can be read. Their parents may be in no file here. */
export async function readOriginals(directory: string): Promise<readonly Migration[]> {
  const { inspectMigrations } = await import("surql/migration");
  const found = await inspectMigrations(join(directory, squashedFolder)).catch(() => undefined);
  return found?.migrations ?? [];
}

/** The folder beneath the migrations in which originals are kept. Migrations are not looked for in folders. */
const squashedFolder = "squashed";

/**
 * Writes a squash, then moves what it stands for out of the way. In between, and if that fails, the originals are there and not read.
 *
 * @throws What `createMigration` throws: nothing is moved then.
 */
export async function writeSquash(
  directory: string,
  { version, originals, replaces, dependsOn, up, down }: Squash,
  name: string | undefined,
  now: Date,
): Promise<SquashedFiles> {
  const { createMigration, recordInSum } = await import("surql/migration");
  const folder = join(directory, squashedFolder);
  await refuseTaken(folder, originals);
  const description = `Squash of ${originals[0]?.version ?? version} to ${version}`;
  const created = await createMigration({
    directory,
    name: name ?? `squash of ${originals.length} migrations`,
    now,
    description: name === undefined ? description : undefined,
    dependsOn,
    replaces,
    up,
    down,
  });
  await mkdir(folder, { recursive: true });
  const moved: string[] = [];
  for (const { path } of originals) {
    const target = join(folder, basename(path));
    await rename(path, target);
    moved.push(target);
  }
  await recordInSum(directory, { drop: originals.map(({ path }) => basename(path)) });
  return { ...created, moved };
}

/** Moving would put one file in place of another. */
async function refuseTaken(folder: string, originals: readonly Migration[]): Promise<void> {
  const there = new Set(await readdir(folder).catch(() => []));
  const taken = originals.map(({ path }) => basename(path)).filter((name) => there.has(name));
  if (taken.length === 0) return;
  throw invalidUsage(
    `${taken.join(", ")}: in the folder ${squashedFolder} there are files of that name.`,
    ["Rename or remove these first. Nothing was written."],
  );
}
