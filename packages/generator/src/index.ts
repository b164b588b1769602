export { migrationBetween, type MigrationScripts } from "./generate/migration-between.ts";
