import type { BackedUpFile } from "./backup/back-up-rollback.ts";
import type { Lock, QuarantineEntry } from "@surql/history";
import type { MigrationDirection } from "@surql/migration";
import type { OutOfOrder } from "./apply/find-out-of-order.ts";
import type { PlannedApply } from "./apply/planned-apply.ts";

/** What happens while migrations run, for progress and logs. */
export type ExecutorEvent =
  /** What is about to be applied, before anything is written. */
  | { readonly kind: "planned"; readonly migrations: readonly PlannedApply[] }
  /** What is about to be applied comes before others that are applied. */
  | { readonly kind: "out-of-order"; readonly migrations: readonly OutOfOrder[] }
  | {
      readonly kind: "migration-started";
      readonly version: string;
      readonly direction: MigrationDirection;
      /** Position in the run, from 1. */
      readonly position: number;
      readonly total: number;
    }
  | {
      readonly kind: "migration-finished";
      readonly version: string;
      readonly direction: MigrationDirection;
    }
  /** A migration of a plan is about to be run in a transaction that will be cancelled. */
  | {
      readonly kind: "rehearsal-started";
      readonly version: string;
      /** Position in the plan, from 1. */
      readonly position: number;
      readonly total: number;
    }
  | { readonly kind: "snapshot-stored"; readonly version: string }
  /** Records that a rollback is going to lose were kept, before its transaction. */
  | {
      readonly kind: "batch-kept";
      readonly migration: string;
      readonly table: string;
      /** Set where only the values of a field are kept. */
      readonly field?: string | undefined;
      /** Records kept so far. */
      readonly done: number;
      /** Records that there are to keep, as far as is known. */
      readonly total: number;
      /** Records kept in a second, since this run began with the table. */
      readonly perSecond: number;
    }
  /** Records that a rollback had kept came back; or, half-way, were taken out again. */
  | {
      readonly kind: "batch-restored" | "batch-taken-back";
      readonly migration: string;
      readonly table: string;
      /** Set where only the values of a field come back. */
      readonly field?: string | undefined;
      /** Records that are through so far. */
      readonly done: number;
      readonly total: number;
      /** Records in a second, since this run began with the table. */
      readonly perSecond: number;
    }
  /** If these come back, they do in batches, after their migration: told before anybody is asked. */
  | { readonly kind: "restores-in-batches"; readonly entries: readonly QuarantineEntry[] }
  /** A view over a table whose records came back was filled anew, or could not be. */
  | { readonly kind: "view-filled"; readonly view: string }
  | { readonly kind: "view-stale"; readonly view: string; readonly reason: string }
  /** What refers to records that came back is not known to them, as its own records cannot be written today. */
  | { readonly kind: "links-stale"; readonly table: string; readonly reason: string }
  /** What a rollback is going to lose was written to files that are closed. */
  | { readonly kind: "backup-written"; readonly files: readonly BackedUpFile[] }
  | { readonly kind: "index-rebuilt"; readonly table: string; readonly index: string }
  /** Another runner holds the lock, and is waited for: told once of each holder. */
  | {
      readonly kind: "lock-waiting";
      readonly holder: Lock;
      /** Milliseconds until it is given up. */
      readonly leftMs: number;
    }
  /** The database undid a transaction for another one, or the connection was lost: it is tried again. */
  | {
      readonly kind: "retrying";
      readonly reason: "conflict" | "connection";
      /** How many tries have failed, from 1. */
      readonly failed: number;
      /** How many there are at most. */
      readonly attempts: number;
      readonly delayMs: number;
    };
