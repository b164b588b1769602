/** A row of `_migration_history`: a migration that is applied. */
export interface AppliedMigration {
  readonly version: string;
  readonly description: string;
  /** ISO 8601, UTC. */
  readonly appliedAt: string;
  /** Checksum of the file as it was when it was applied. */
  readonly checksum: string;
  /** Milliseconds that applying took; `undefined` where it was not recorded. */
  readonly executionTimeMs?: number | undefined;
  /** Position in the order of applying, from 1; rows of other ports of surql have none. */
  readonly sequence?: number | undefined;
}
