export type { AppliedMigration } from "./applied-migration.ts";
export type { Approval, ApprovedPolicy } from "./approval.ts";
export { checksumMismatch, corruptRow, filesMissing, storedScriptChanged } from "./errors.ts";
export {
  hasEvent,
  listEvents,
  readUnfinished,
  recordEvent,
  unfinished,
  type MigrationEvent,
  type Progress,
  type RestoredEntry,
  type StoredEvent,
} from "./event.ts";
export {
  expectApplied,
  expectLedgerCount,
  getAppliedMigrations,
  ledgerMoved,
  recordApplied,
  recordIdOf,
  recordRolledBack,
  type LedgerEntry,
} from "./ledger.ts";
export {
  acquireLock,
  breakLock,
  holdLock,
  lockLost,
  readLock,
  releaseLock,
  type Lease,
  type LeaseAnswer,
  type LeaseRequest,
  type Lock,
} from "./lock.ts";
export {
  listQuarantine,
  quarantineTable,
  readQuarantine,
  type QuarantineEntry,
  type QuarantineKind,
  type QuarantineRestored,
} from "./quarantine.ts";
export {
  getMigrationStatus,
  statusOf,
  type KnownMigration,
  type MigrationState,
  type MigrationStatus,
  type MigrationStatusEntry,
} from "./status.ts";
export { readStoredScripts, type StoredScript, type StoredStatement } from "./stored-script.ts";
export { ensureLedger } from "./tables.ts";
