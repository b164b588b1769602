/**
 * The kinds of stop, as a program that runs us must tell them apart.
 *
 * - `failure`: the database or something unexpected failed; nothing of ours was written.
 * - `usage`: a wrong argument, configuration or file.
 * - `refused`: needs an approval that was not given.
 * - `state`: the database or the files are not as they should be (stale plan, drift, changed checksum, not reversible).
 * - `locked`: another runner holds the lock.
 * - `partial`: it failed and the database may be partly changed.
 * - `interrupted`: somebody asked us to stop.
 */
export type ErrorCategory =
  | "failure"
  | "usage"
  | "refused"
  | "state"
  | "locked"
  | "partial"
  | "interrupted";
