import type { Database } from "@surql/connection";
import type { AppliedMigration, HalfApplied, Progress } from "@surql/history";
import type { Migration } from "@surql/migration";
import type { Schema } from "@surql/snapshot";
import { undoHalf } from "./undo-half.ts";

/** Where a database stands between two versions. */
export interface Standing {
  readonly ledger: readonly AppliedMigration[];
  readonly unfinished: ReadonlyMap<string, Progress>;
}

/** Those that are not applied as a whole. Pure. */
export function unappliedOf(
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
): readonly string[] {
  const applied = new Set(ledger.map(({ version }) => version));
  return migrations.flatMap(({ version }) => (applied.has(version) ? [] : [version]));
}

/**
 * Finds what undoes each migration that is not applied as a whole. Where an interrupted rollback has begun with that, it
 * was found before.
 *
 * @throws What `undoHalf` throws.
 */
export async function findHalves(
  db: Database,
  down: readonly Migration[],
  { ledger, unfinished }: Standing,
  schema: Schema,
): Promise<ReadonlyMap<string, HalfApplied>> {
  const found = new Map<string, HalfApplied>();
  const unapplied = unappliedOf(down, ledger);
  for (const migration of down) {
    const { version } = migration;
    const progress = unfinished.get(version);
    if (!unapplied.includes(version) || progress === undefined) continue;
    const half =
      progress.direction === "up"
        ? await undoHalf(db, migration, progress, schema)
        : progress.halfApplied;
    if (half !== undefined) found.set(version, half);
  }
  return found;
}
