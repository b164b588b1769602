import { lockTable } from "./tables.ts";

/** The lease: who holds the lock, until when. Renewed while its holder works. */
export const lockRow: string = `${lockTable}:lock`;

/** Who may commit: written by whoever takes or breaks the lock, and in every transaction of the holder. */
export const fenceRow: string = `${lockTable}:fence`;

/** The one lock of a database, as it is held. */
export interface Lock {
  /** Who holds it, in words for a reader: a user, a host, a process. */
  readonly owner: string;
  /** Tells the runner that holds it from every other. */
  readonly runner: string;
  /** Counts up with each taking; a runner whose number is no longer the newest has lost the lock. */
  readonly token: number;
  /** ISO 8601, by the database's clock. */
  readonly acquiredAt: string;
  /** ISO 8601, by the database's clock. */
  readonly expiresAt: string;
}
