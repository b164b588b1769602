import type { AppliedMigration } from "@surql/history";

/** The position that the next applied migration gets: above every one given, foreign rows counted. Pure. */
export function nextSequence(ledger: readonly AppliedMigration[]): number {
  return Math.max(ledger.length, ...ledger.map(({ sequence }) => sequence ?? 0)) + 1;
}
