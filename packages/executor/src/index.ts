export { adoptMigration, type AdoptedState } from "./baseline/adopt-migration.ts";
export { readBaseline } from "./baseline/read-baseline.ts";
export { applyMigrations } from "./apply/apply-migrations.ts";
export type { ApplyOptions, ApplyResult } from "./apply/apply-options.ts";
export {
  analyzeRollbackSafety,
  createRollbackPlan,
  planRollbackToVersion,
  type RollbackPlanOptions,
} from "./plan/create-rollback-plan.ts";
export { lacksSecrets } from "./plan/complete-plan.ts";
export { executeMigration } from "./apply/execute-migration.ts";
export { executeRollback, type RollbackOptions } from "./rollback/execute-rollback.ts";
export type { ExecutorEvent } from "./executor-event.ts";
export { judgeBothWays, type JudgedSchemas } from "./plan/judge-both-ways.ts";
export {
  judgeMigrations,
  type JudgeOptions,
  type MigrationFinding,
} from "./plan/judge-migrations.ts";
export type { MigrationFailure } from "./run/migration-failure.ts";
export type { RunningPlace } from "./run/plan-transactions.ts";
export type { MigrationTransaction } from "./run/migration-transactions.ts";
export {
  computedFields,
  pictureOf,
  takePicture,
  type Picture,
  type PicturedRecord,
  type PictureRow,
} from "./replay/picture.ts";
export { replayMigration } from "./replay/replay-migration.ts";
export { replayTransactions } from "./replay/replay-transactions.ts";
export { schemaOfMigrations } from "./replay/schema-of-migrations.ts";
export type { RunOptions } from "./options.ts";
export type { GroundChange } from "./plan/ground-change.ts";
export { readPlan, serializePlan } from "./plan/plan-file.ts";
export type { GroundRow, PlanGround } from "./plan/plan-ground.ts";
export { redactPlan } from "./plan/plan-hash.ts";
export type { PlannedOutcome } from "./plan/plan-outcome.ts";
export type { PlannedObject } from "./plan/planned-object.ts";
export type { OutOfOrder, OutOfOrderRule } from "./apply/find-out-of-order.ts";
export type { PlannedApply } from "./apply/planned-apply.ts";
export type { PlannedMigration, PlannedTransaction, RollbackPlan } from "./plan/rollback-plan.ts";
export { rehearsalFailed } from "./rehearsal/rehearsal-errors.ts";
export { rehearseRollback } from "./rehearsal/rehearse-rollback.ts";
export type { Rehearsal, RehearsedStatement, RehearsedTable } from "./rehearsal/rehearsal.ts";
export type { SnapshotDifference, TargetSnapshot } from "./verification/compare-with-snapshot.ts";
export type { RollbackResult } from "./rollback/rollback-result.ts";
export { storedMigrations } from "./apply/stored-migrations.ts";
export {
  restoreQuarantined,
  type RestoreOptions,
  type RestoreResult,
} from "./restore/restore-quarantined.ts";
export { relinkReferences } from "./restore/relink-references.ts";
export { restoreRules, type RestoreRule } from "./restore/restore-rule.ts";
export type { RestoredData } from "./restore/restored-data.ts";
export type { PlannedKeep } from "./quarantine/planned-keep.ts";
export { findRepairs } from "./repair/find-repairs.ts";
export { repairDatabase, type RepairOptions } from "./repair/repair-database.ts";
export type { Repair, RepairDecision, RepairResult } from "./repair/repair.ts";
export { refuseUnfinished } from "./run/refuse-half-way.ts";
export { measureQuarantine, type MeasuredEntry } from "./restore/measure-quarantine.ts";
export { pruneQuarantine, type PruneQuarantineOptions } from "./restore/prune-quarantine.ts";
export type { RestoreChoice } from "./restore/restore-on-apply.ts";
export { exportQuarantine, type ExportedData } from "./restore/export-quarantine.ts";
export { discardImported, importRecords, type RecordFile } from "./restore/import-records.ts";
export type { BackedUpFile, BackupFile, BackupFolder } from "./backup/back-up-rollback.ts";
export {
  applyDriftRules,
  type IgnoredChange,
  type JudgedChanges,
} from "./drift/apply-drift-rules.ts";
export { checkDriftRules, type DriftRule, type DriftRuleProblem } from "./drift/drift-rule.ts";
export type { DriftedObject, PlannedDrift } from "./drift/planned-drift.ts";
export { findDrift, type Drift } from "./drift/find-drift.ts";
export {
  recordedSchema,
  type RecordedSchema,
  type RecordedSchemaOptions,
  type RecordedSource,
} from "./drift/recorded-schema.ts";
export type { BranchComparison, BranchConflict } from "./branches/branch-conflict.ts";
export { compareBranches } from "./branches/compare-branches.ts";
export { findSquashes } from "./squash/find-squashes.ts";
export {
  recordSquashes,
  type RecordedSquash,
  type RecordSquashOptions,
} from "./squash/record-squashes.ts";
export type { UnrecordedSquash } from "./squash/squash-state.ts";
export {
  planSchemaRestore,
  type SchemaRestore,
  type SchemaRestoreOptions,
} from "./schema/plan-schema-restore.ts";
export {
  restoreSchema,
  type RestoredSchema,
  type RestoreSchemaOptions,
} from "./schema/restore-schema.ts";
