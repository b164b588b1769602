import type { Database } from "@surql/connection";
import type { AppliedMigration } from "./applied-migration.ts";
import { getAppliedMigrations } from "./ledger.ts";
import type { Lock } from "./lock-row.ts";
import { listQuarantine } from "./quarantine.ts";
import { restoresHalfWay, type RestoreHalfWay } from "./restores-half-way.ts";
import { readLock } from "./read-lock.ts";
import { countKept } from "./count-kept.ts";
import { readUncheckedIndexes, type UncheckedIndex } from "./unchecked-indexes.ts";
import { readUnfinished, type Progress } from "./unfinished.ts";

/** What the ledger needs to know of a migration file. */
export interface KnownMigration {
  readonly version: string;
  readonly description: string;
  readonly checksum: string;
}

/**
 * - `applied`: in the ledger, and the file is as it was.
 * - `pending`: a file that was never applied.
 * - `missing`: in the ledger, but its file is gone.
 * - `changed`: in the ledger, and the file was edited since.
 */
export type MigrationState = "applied" | "pending" | "missing" | "changed";

/** One line of {@link MigrationStatus}. */
export interface MigrationStatusEntry {
  readonly version: string;
  readonly description: string;
  readonly state: MigrationState;
  /** ISO 8601, UTC; `null` for a pending one. */
  readonly appliedAt: string | null;
  /** How far it came, when it is half-way applied or rolled back; missing otherwise. */
  readonly progress?: Progress | undefined;
}

/** Where the database stands: the version applied last, and every migration that a file or the ledger knows. */
export interface MigrationStatus {
  /** `null` when nothing is applied. */
  readonly current: string | null;
  /** Applied ones in the order they were applied, then pending ones in the order they would be. */
  readonly migrations: readonly MigrationStatusEntry[];
}

/** {@link MigrationStatus}, and what else is going on in the database or was left there: only where there is something. */
export interface DatabaseStatus extends MigrationStatus {
  /** Who holds the lock. */
  readonly lock?: Lock | undefined;
  /** Indexes that were touched and never checked against their tables. */
  readonly uncheckedIndexes?: readonly UncheckedIndex[] | undefined;
  /** How many entries of kept data (`_rollback_quarantine`) wait to be restored. */
  readonly kept?: number | undefined;
  /** What of them is being put back in batches, and was not through. */
  readonly restoring?: readonly RestoreHalfWay[] | undefined;
}

/**
 * Says where a database stands: reads the ledger and compares it with the files.
 *
 * @param migrations The migration files, in the order they would be applied.
 * @throws `HISTORY.CORRUPT_ROW`, `CONNECTION.*`.
 * @example
 * ```ts
 * const { current, migrations } = await getMigrationStatus(db, await discoverMigrations("migrations"));
 * ```
 */
export async function getMigrationStatus(
  db: Pick<Database, "query">,
  migrations: readonly KnownMigration[],
): Promise<DatabaseStatus> {
  const status = statusOf(await getAppliedMigrations(db), migrations, await readUnfinished(db));
  const lock = await readLock(db);
  const found = await readUncheckedIndexes(db);
  const uncheckedIndexes = found.map(({ table, name, inBackground }) => ({
    table,
    name,
    inBackground,
  }));
  const kept = await countKept(db);
  const restoring = restoresHalfWay(await listQuarantine(db));
  return {
    ...status,
    ...(lock !== undefined && { lock }),
    ...(uncheckedIndexes.length > 0 && { uncheckedIndexes }),
    ...(kept > 0 && { kept }),
    ...(restoring.length > 0 && { restoring }),
  };
}

/**
 * Compares the ledger with the files. Pure.
 *
 * @param applied The ledger, in the order of applying.
 * @param known The migration files, in the order they would be applied.
 * @param unfinished How far those came that are half-way.
 * @example
 * ```ts
 * statusOf([], [{ version: "1", description: "first", checksum: "…" }]).migrations[0]?.state; // "pending"
 * ```
 */
export function statusOf(
  applied: readonly AppliedMigration[],
  known: readonly KnownMigration[],
  unfinished: ReadonlyMap<string, Progress> = new Map(),
): MigrationStatus {
  const withProgress = (entry: MigrationStatusEntry): MigrationStatusEntry => {
    const progress = unfinished.get(entry.version);
    return progress === undefined ? entry : { ...entry, progress };
  };
  const files = new Map(known.map((migration) => [migration.version, migration]));
  const ledger = new Set(applied.map((row) => row.version));
  return {
    current: applied.at(-1)?.version ?? null,
    migrations: [
      ...applied.map((row) => ({
        version: row.version,
        description: row.description,
        state: stateOf(row, files.get(row.version)),
        appliedAt: row.appliedAt,
      })),
      ...known
        .filter((migration) => !ledger.has(migration.version))
        .map((migration) => ({
          version: migration.version,
          description: migration.description,
          state: "pending" as const,
          appliedAt: null,
        })),
    ].map(withProgress),
  };
}

function stateOf(row: AppliedMigration, file: KnownMigration | undefined): MigrationState {
  if (file === undefined) return "missing";
  return file.checksum === row.checksum ? "applied" : "changed";
}
