import { invalidMigrations } from "./errors.ts";
import { inspectMigrations } from "./inspect-migrations.ts";
import type { Migration } from "./migration.ts";

/**
 * Loads all migrations of a directory, frozen, every one after its parents; of those that could
 * come next, the smallest version first. Without unusual parents that is the text order of versions.
 *
 * @returns An empty list for an empty directory.
 * @throws `MIGRATION.DIRECTORY_NOT_FOUND`, `MIGRATION.DIRECTORY_UNREADABLE`; a single problem under its
 * own code, or `MIGRATION.INVALID` for several, all in `meta.problems`. {@link inspectMigrations}
 * lists the codes, and returns what this throws.
 * @example
 * ```ts
 * const migrations = await discoverMigrations("migrations");
 * migrations.map(({ version, parents }) => [version, parents]);
 * ```
 */
export async function discoverMigrations(directory: string): Promise<readonly Migration[]> {
  const { migrations, problems } = await inspectMigrations(directory);
  if (problems.length > 0) throw invalidMigrations(problems);
  return migrations;
}
