export type { AppliedMigration } from "./applied-migration.ts";
export type { Approval, ApprovedPolicy } from "./approval.ts";
export { checksumMismatch, corruptRow, filesMissing, storedScriptChanged } from "./errors.ts";
export {
  expectEvent,
  listEvents,
  recordEvent,
  type KeptEntry,
  type MigrationEvent,
  type RestoredEntry,
  type StoredEvent,
} from "./event.ts";
export { readUncheckedIndexes, type FoundIndex, type UncheckedIndex } from "./unchecked-indexes.ts";
export {
  readUnfinished,
  type HalfApplied,
  unfinished,
  type Progress,
  type UnsettledStatement,
} from "./unfinished.ts";
export { readPlanProgress, type PlanProgress } from "./read-plan-progress.ts";
export { findPlanEvent } from "./find-plan-event.ts";
export {
  expectApplied,
  expectLedgerCount,
  expectRows,
  getAppliedMigrations,
  ledgerMoved,
  recordApplied,
  recordIdOf,
  recordRolledBack,
  type LedgerEntry,
} from "./ledger.ts";
export { acquireLock, type LeaseAnswer } from "./acquire-lock.ts";
export { keepLock, type KeptLock } from "./keep-lock.ts";
export { keptSinceApplied } from "./kept-since-applied.ts";
export type { Lock } from "./lock-row.ts";
export {
  breakLock,
  holdLock,
  lockLost,
  releaseLock,
  renewLock,
  type Lease,
  type LeaseRequest,
} from "./lock.ts";
export { findLock, readLock, type FoundLock } from "./read-lock.ts";
export { readCommit, type FoundCommit } from "./read-commit.ts";
export { settleCommit } from "./settle-commit.ts";
export {
  listQuarantine,
  readQuarantine,
  type QuarantineEntry,
  type QuarantineKind,
  type QuarantineRestored,
  type QuarantineRestoring,
} from "./quarantine.ts";
export { restoresHalfWay, type RestoreHalfWay } from "./restores-half-way.ts";
export {
  getMigrationStatus,
  statusOf,
  type DatabaseStatus,
  type KnownMigration,
  type MigrationState,
  type MigrationStatus,
  type MigrationStatusEntry,
} from "./status.ts";
export { readReplacedRows, type ReplacedRow } from "./replaced-rows.ts";
export { readStoredScripts, type StoredScript, type StoredStatement } from "./stored-script.ts";
export { ensureLedger, eventTable, quarantineTable } from "./tables.ts";
