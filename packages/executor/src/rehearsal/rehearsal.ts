import type { MigrationFailure } from "../run/migration-failure.ts";

/** A statement that was rehearsed. */
export interface RehearsedStatement {
  /** Version of the migration that it belongs to. */
  readonly migration: string;
  /** Position among the migration's statements, from 0. */
  readonly index: number;
  /** Secrets are taken out. */
  readonly statement: string;
  /** Milliseconds, as the engine measured them; left out where it does not tell. */
  readonly durationMs?: number | undefined;
  /** How many records a statement that writes wrote, exactly; left out for all others, and for `ONLY`. */
  readonly records?: number | undefined;
  /** What was done in its place, where it could not be run. */
  readonly instead?: string | undefined;
}

/** A table that had another number of records after the rehearsal than before it, or was gone. */
export interface RehearsedTable {
  readonly table: string;
  /** Records before; `null` when there was no such table. */
  readonly before: number | null;
  /** Records after; `null` when the table was gone. */
  readonly after: number | null;
  /** Set for a view: its records are computed from other tables. */
  readonly isView?: true | undefined;
  /** The migration that had run when records were first seen to be gone. */
  readonly lostIn?: string | undefined;
}

/** What came of running a plan in a transaction that was cancelled. A plain value. */
export interface Rehearsal {
  /** What it rests on: the live database, with all its records. */
  readonly ground: "live";
  /** Whether every statement could be run. */
  readonly success: boolean;
  /** What was run, in order; with a failure, up to the statement that failed. */
  readonly statements: readonly RehearsedStatement[];
  /** As they were counted last: at the end, or before the migration that failed. By name. */
  readonly tables: readonly RehearsedTable[];
  /** The first statement that failed; nothing behind it counts. */
  readonly failure?: MigrationFailure | undefined;
  /** Milliseconds, all in all. */
  readonly durationMs: number;
}
