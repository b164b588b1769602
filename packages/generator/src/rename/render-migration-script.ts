import { renderScript } from "@surql/snapshot";
import type { MigrationScript } from "./renaming-script.ts";

/**
 * Writes a script as the text of a migration file: what no statement can do stands in comments behind the statements.
 *
 * @example
 * ```ts
 * const scripts = migrationBetween(before, after);
 * console.log(renderMigrationScript(scripts.up));
 * ```
 */
export function renderMigrationScript(script: MigrationScript): string {
  const left = script.notMoved.map(({ path, reason }) => `-- ${path} ${reason}.\n`);
  return [renderScript(script), ...left].join("");
}
