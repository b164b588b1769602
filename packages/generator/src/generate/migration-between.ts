import type { Schema } from "@surql/snapshot";
import { renamingScript, type MigrationScript } from "../rename/renaming-script.ts";
import { reversed, type Rename } from "../rename/rename.ts";

/** The scripts of a migration between two schemas. */
export interface MigrationScripts {
  readonly up: MigrationScript;
  readonly down: MigrationScript;
}

/**
 * Writes the scripts of a migration that turns one schema into another, and back. Pure.
 *
 * @param renames What is not gone but has another name: then its data moves along. {@link findRenames} says what looks like it.
 * @returns Without a statement or a gap where the schemas are equal.
 * @example
 * ```ts
 * const { up, down } = migrationBetween(before, after, findRenames(before, after));
 * await createMigration({ directory, name, now, up: [renderMigrationScript(up)], down: [renderMigrationScript(down)] });
 * ```
 */
export function migrationBetween(
  before: Schema,
  after: Schema,
  renames: readonly Rename[] = [],
): MigrationScripts {
  const up = renamingScript(before, after, renames);
  const down = renamingScript(after, before, renames.map(reversed));
  return { up, down: allowingFor(up, down) };
}

/** What up could not add is there only where somebody added it by hand. */
function allowingFor({ gaps }: MigrationScript, down: MigrationScript): MigrationScript {
  const notAdded = new Set(gaps.filter(({ change }) => change === "added").map(({ path }) => path));
  if (notAdded.size === 0) return down;
  const statements = down.statements.map((statement) =>
    statement.effect === "remove" && notAdded.has(statement.path)
      ? { ...statement, text: statement.text.replace(/^REMOVE \w+/, "$& IF EXISTS") }
      : statement,
  );
  return { ...down, statements };
}
