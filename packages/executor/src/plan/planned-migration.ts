import type { Migration } from "@surql/migration";
import type { PreparedScript } from "../run/lay-out.ts";
import type { PlannedMigration } from "./rollback-plan.ts";
import { sha256 } from "./sha256.ts";

/**
 * What a plan says of a migration, but for how far it has come. Pure.
 *
 * @param computed Whether its way back is computed from snapshots.
 */
export function plannedMigration(
  migration: Migration,
  script: PreparedScript | undefined,
  computed = false,
): Omit<PlannedMigration, "statementsDone" | "halfApplied"> {
  const statements = script?.statements ?? [];
  return {
    version: migration.version,
    description: migration.description,
    statements: statements.map(({ text }) => text),
    statementHashes: statements.map(({ text }) => sha256(text)),
    lines: statements.map(({ line }) => line),
    file: migration.path,
    checksum: migration.checksum,
    transaction: migration.transaction,
    irreversible: computed ? undefined : irreversibility(migration),
    ...(computed && { computed }),
  };
}

function irreversibility({ down, irreversible }: Migration): string | undefined {
  return irreversible ?? (down.length === 0 ? "Its down section is missing or empty." : undefined);
}
