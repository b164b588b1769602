import { renderScript } from "@surql/snapshot";
import type { MigrationScript } from "./renaming-script.ts";

/**
 * Writes a script as the text of a migration file: what no statement can do stands in comments behind the statements.
 *
 * @example
 * ```ts
 * await createMigration({ directory, name, now, up: [renderMigrationScript(up)], down: [renderMigrationScript(down)] });
 * ```
 */
export function renderMigrationScript(script: MigrationScript): string {
  const left = script.notMoved.map(
    (path) => `-- ${path} still leads to the old name: rewrite it by hand.\n`,
  );
  return [renderScript(script), ...left].join("");
}
