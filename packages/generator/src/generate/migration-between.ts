import { differenceScript, type DifferenceScript, type Schema } from "@surql/snapshot";

/** The scripts of a migration between two schemas. */
export interface MigrationScripts {
  readonly up: DifferenceScript;
  readonly down: DifferenceScript;
}

/**
 * Writes the scripts of a migration that turns one schema into another, and back.
 *
 * @returns Without a statement or a gap where the schemas are equal.
 * @example
 * ```ts
 * const { up, down } = migrationBetween(before, after);
 * await createMigration({ directory, name, now, up: [renderScript(up)], down: [renderScript(down)] });
 * ```
 */
export function migrationBetween(before: Schema, after: Schema): MigrationScripts {
  return { up: differenceScript(before, after), down: differenceScript(after, before) };
}
