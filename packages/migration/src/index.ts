export { checksumOf } from "./checksum.ts";
export {
  createMigration,
  type CreatedMigration,
  type CreateMigrationOptions,
  type NewFileFormat,
} from "./create-migration.ts";
export { discoverMigrations } from "./discover-migrations.ts";
export { inspectMigrations, type Inspection } from "./inspect-migrations.ts";
export { loadMigration } from "./load-migration.ts";
export type { MigrationMetadata } from "./metadata.ts";
export type { MigrationProblem } from "./migration-problem.ts";
export type { Migration, MigrationDirection } from "./migration.ts";
