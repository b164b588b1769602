import { invalidMigrations } from "./errors.ts";
import type { Migration } from "./migration.ts";
import { readMigration } from "./read-migration.ts";

/**
 * Loads one migration, frozen. A module is run: its `up` and its `down` are called once.
 *
 * @returns The migration. Its `parents` are those that the file names: the previous version in
 * text order is only known to {@link discoverMigrations}.
 * @throws A problem of the file under its own code, or `MIGRATION.INVALID` with all of them in
 * `meta.problems`; the codes are those of {@link inspectMigrations}.
 * @example
 * ```ts
 * const migration = await loadMigration("migrations/20260109_120000_add_bio.surql");
 * migration.up[0]; // { text: "DEFINE FIELD bio ON TABLE user …", line: 7, column: 1 }
 * ```
 */
export async function loadMigration(path: string): Promise<Migration> {
  const { migration, problems } = await readMigration(path);
  if (migration === undefined) throw invalidMigrations(problems);
  return migration;
}
