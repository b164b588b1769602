import type { Database } from "@surql/connection";
import { keptSinceApplied, listQuarantine, type QuarantineEntry } from "@surql/history";
import type { Migration } from "@surql/migration";
import type { RestoreRule } from "./restore-rule.ts";

/** What is to come back with a migration that is applied again. */
export interface WantedRestore {
  readonly entries: readonly QuarantineEntry[];
  readonly rule: RestoreRule;
  /** Whether it is too much for one transaction: then it comes back in batches after the migration. */
  readonly inBatches: boolean;
  /** Tables that the engine refuses to show. */
  readonly unreadable: readonly string[];
}

/**
 * Whether and how kept data comes back with the migrations that are applied. A function is asked once, before the
 * lock is taken, and only when something is kept of them.
 */
export type RestoreChoice =
  | RestoreRule
  | "none"
  | ((kept: readonly QuarantineEntry[]) => Promise<RestoreRule | "none">);

/**
 * What the last rollback of each of these migrations kept, and was not given back. What earlier ones kept, and was not
 * wanted then, is only restored by hand.
 */
export async function keptForMigrations(
  db: Pick<Database, "query">,
  migrations: readonly Migration[],
): Promise<readonly QuarantineEntry[]> {
  if (migrations.length === 0) return [];
  const kept = await listQuarantine(db);
  const found: QuarantineEntry[] = [];
  for (const { version } of migrations) {
    found.push(...(await keptSinceApplied(db, kept, version)));
  }
  return found.filter(({ restoredAt }) => restoredAt === undefined);
}

/** The rule for what is kept: asked for where nobody has decided, and something is there to decide about. */
export async function ruleFor(
  choice: RestoreChoice | undefined,
  kept: readonly QuarantineEntry[],
): Promise<RestoreRule | undefined> {
  if (kept.length === 0) return undefined;
  const rule = typeof choice === "function" ? await choice(kept) : (choice ?? "none");
  return rule === "none" ? undefined : rule;
}
