import type { MigrationDirection } from "@surql/migration";

/** What happens while migrations run, for progress and logs. */
export type ExecutorEvent =
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
  | { readonly kind: "snapshot-stored"; readonly version: string }
  | { readonly kind: "index-rebuilt"; readonly table: string; readonly index: string };
