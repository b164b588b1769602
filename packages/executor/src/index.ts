export { applyMigrations, type ApplyOptions, type ApplyResult } from "./apply-migrations.ts";
export {
  analyzeRollbackSafety,
  createRollbackPlan,
  planRollbackToVersion,
  type RollbackPlanOptions,
} from "./create-rollback-plan.ts";
export { lacksSecrets } from "./complete-plan.ts";
export { executeMigration } from "./execute-migration.ts";
export { executeRollback, type RollbackOptions } from "./execute-rollback.ts";
export type { ExecutorEvent } from "./executor-event.ts";
export { judgeMigrations, type JudgeOptions, type MigrationFinding } from "./judge-migrations.ts";
export type { MigrationFailure } from "./migration-failure.ts";
export type { RunOptions } from "./options.ts";
export type { GroundChange } from "./ground-change.ts";
export { readPlan, serializePlan } from "./plan-file.ts";
export type { GroundRow, PlanGround } from "./plan-ground.ts";
export { redactPlan } from "./plan-hash.ts";
export type { PlannedOutcome } from "./plan-outcome.ts";
export type { PlannedObject } from "./planned-object.ts";
export type { PlannedApply } from "./planned-apply.ts";
export type { PlannedMigration, PlannedTransaction, RollbackPlan } from "./rollback-plan.ts";
export { rehearsalFailed } from "./rehearsal-errors.ts";
export { rehearseRollback } from "./rehearse-rollback.ts";
export type { Rehearsal, RehearsedStatement, RehearsedTable } from "./rehearsal.ts";
export type { SnapshotDifference, TargetSnapshot } from "./verification/compare-with-snapshot.ts";
export type { RollbackResult } from "./rollback-result.ts";
export { storedMigrations } from "./stored-migrations.ts";
export {
  restoreQuarantined,
  type RestoreOptions,
  type RestoreResult,
} from "./restore/restore-quarantined.ts";
export { restoreRules, type RestoreRule } from "./restore/restore-rule.ts";
export type { RestoredData } from "./restore/restored-data.ts";
export type { PlannedKeep } from "./quarantine/planned-keep.ts";
export { findRepairs } from "./repair/find-repairs.ts";
export { repairDatabase, type RepairOptions } from "./repair/repair-database.ts";
export type { Repair, RepairDecision, RepairResult } from "./repair/repair.ts";
export { measureQuarantine, type MeasuredEntry } from "./restore/measure-quarantine.ts";
export { pruneQuarantine, type PruneQuarantineOptions } from "./restore/prune-quarantine.ts";
export type { RestoreChoice } from "./restore/restore-on-apply.ts";
export { exportQuarantine, type ExportedData } from "./restore/export-quarantine.ts";
export { discardImported, importRecords, type RecordFile } from "./restore/import-records.ts";
export type { BackedUpFile, BackupFile, BackupFolder } from "./backup/back-up-rollback.ts";
