import type { Database } from "@surql/connection";
import type { AppliedMigration } from "./applied-migration.ts";
import { getAppliedMigrations } from "./ledger.ts";

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
}

/** Where the database stands: the version applied last, and every migration that a file or the ledger knows. */
export interface MigrationStatus {
  /** `null` when nothing is applied. */
  readonly current: string | null;
  /** Applied ones in the order they were applied, then pending ones in the order they would be. */
  readonly migrations: readonly MigrationStatusEntry[];
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
): Promise<MigrationStatus> {
  return statusOf(await getAppliedMigrations(db), migrations);
}

/**
 * Compares the ledger with the files. Pure.
 *
 * @param applied The ledger, in the order of applying.
 * @param known The migration files, in the order they would be applied.
 * @example
 * ```ts
 * statusOf([], [{ version: "1", description: "first", checksum: "…" }]).migrations[0]?.state; // "pending"
 * ```
 */
export function statusOf(
  applied: readonly AppliedMigration[],
  known: readonly KnownMigration[],
): MigrationStatus {
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
    ],
  };
}

function stateOf(row: AppliedMigration, file: KnownMigration | undefined): MigrationState {
  if (file === undefined) return "missing";
  return file.checksum === row.checksum ? "applied" : "changed";
}
