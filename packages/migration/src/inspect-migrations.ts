import { join, resolve } from "node:path";
import { linkMigrations } from "./link-migrations.ts";
import { listFiles } from "./list-files.ts";
import type { MigrationProblem } from "./migration-problem.ts";
import type { Migration } from "./migration.ts";
import { readMigration } from "./read-migration.ts";
import type { ReadFile } from "./read-migration.ts";

/** What a directory holds, and everything that is wrong with it. */
export interface Inspection {
  /** The migrations that could be loaded: parents first if nothing is wrong, else in text order. */
  readonly migrations: readonly Migration[];
  readonly problems: readonly MigrationProblem[];
}

/**
 * Reads all migrations of a directory and finds everything that is wrong with them, at once.
 *
 * Files count whose names end in `.surql`, `.ts`, `.mts`, `.js` or `.mjs`, except those that begin
 * with `_` or `.`, and type declarations. Subdirectories are not entered. Modules are run.
 *
 * The problems have the codes `MIGRATION.INVALID_NAME`, `VERSION_MISMATCH`, `RESERVED_VERSION`,
 * `DUPLICATE_VERSION`, `UNKNOWN_PARENT`, `CYCLE`, `FILE_UNREADABLE`, `INVALID_ENCODING`,
 * `INVALID_METADATA`, `MISSING_UP`, `UNKNOWN_SECTION`, `STATEMENT_OUTSIDE_SECTION`,
 * `INVALID_STATEMENT`, `MODULE_FAILED`, `INVALID_MODULE`.
 *
 * @throws `MIGRATION.DIRECTORY_NOT_FOUND`, `MIGRATION.DIRECTORY_UNREADABLE`.
 * @example
 * ```ts
 * const { problems } = await inspectMigrations("migrations");
 * for (const { message, nextActions } of problems) console.error(message, ...nextActions);
 * ```
 */
export async function inspectMigrations(directory: string): Promise<Inspection> {
  const files: ReadFile[] = [];
  // One after the other: modules run in a fixed order, and no limit on open files is met.
  for (const name of await listFiles(directory))
    files.push(await readMigration(join(resolve(directory), name)));
  const { migrations, problems } = linkMigrations(files);
  return { migrations, problems: [...files.flatMap((file) => file.problems), ...problems] };
}
