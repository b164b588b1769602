export { copyObjects, type NamedObject } from "./generate/copy-objects.ts";
export {
  findLastVersion,
  type LastVersion,
  type LastVersionOptions,
} from "./generate/last-version.ts";
export type { DefinitionProblem } from "./generate/generate-errors.ts";
export { migrationBetween, type MigrationScripts } from "./generate/migration-between.ts";
export type { DefinitionFile } from "./generate/read-definitions.ts";
export { schemaOfDefinitions } from "./generate/schema-of-definitions.ts";
export { settleGaps } from "./generate/settle-gaps.ts";
export type { PlacedStatement } from "./squash/sort-statements.ts";
export { squashMigrations, type Squash, type SquashOptions } from "./squash/squash-migrations.ts";
export { findRenames } from "./rename/find-renames.ts";
export { nameRenames, type NamedRename } from "./rename/name-renames.ts";
export type { MoveStatement } from "./rename/move-statements.ts";
export type { NotMoved } from "./rename/plan-links.ts";
export type { MigrationScript } from "./rename/renaming-script.ts";
export type { Rename } from "./rename/rename.ts";
export { renderMigrationScript } from "./rename/render-migration-script.ts";
