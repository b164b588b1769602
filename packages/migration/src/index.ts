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
export type { SumProblem, SumReport } from "./sum/check-sum.ts";
export { inspectSum } from "./sum/inspect-sum.ts";
export { recordInSum, type RecordedSum, type RecordInSumOptions } from "./sum/record-in-sum.ts";
export { sumMismatch } from "./sum/sum-errors.ts";
