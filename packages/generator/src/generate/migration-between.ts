import { differenceScript, type DifferenceScript, type Schema } from "@surql/snapshot";

/** The scripts of a migration between two schemas. */
export interface MigrationScripts {
  readonly up: DifferenceScript;
  readonly down: DifferenceScript;
}

/**
 * Writes the scripts of a migration that turns one schema into another, and back. Pure.
 *
 * @returns Without a statement or a gap where the schemas are equal.
 * @example
 * ```ts
 * const { up, down } = migrationBetween(before, after);
 * await createMigration({ directory, name, now, up: [renderScript(up)], down: [renderScript(down)] });
 * ```
 */
export function migrationBetween(before: Schema, after: Schema): MigrationScripts {
  const up = differenceScript(before, after);
  const down = differenceScript(after, before);
  return { up, down: allowingFor(up, down) };
}

/** What up could not add is there only where somebody added it by hand. */
function allowingFor({ gaps }: DifferenceScript, down: DifferenceScript): DifferenceScript {
  const notAdded = new Set(gaps.filter(({ change }) => change === "added").map(({ path }) => path));
  if (notAdded.size === 0) return down;
  const statements = down.statements.map((statement) =>
    statement.effect === "remove" && notAdded.has(statement.path)
      ? { ...statement, text: statement.text.replace(/^REMOVE \w+/, "$& IF EXISTS") }
      : statement,
  );
  return { ...down, statements };
}
