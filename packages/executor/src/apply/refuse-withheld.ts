import { SurqlError } from "@surql/errors";
import type { Migration, MigrationDirection } from "@surql/migration";

/** Scripts from the database lack a secret that the file has. */
function secretWithheld(versions: readonly string[], direction: MigrationDirection): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SECRET_WITHHELD",
    category: "state",
    message: `The stored ${direction} script of ${versions.join(", ")} lacks a secret, and cannot be run. Nothing was changed.`,
    why: "Secrets are never stored in the database. With [REDACTED] in its place, that word would become the secret.",
    nextActions: [
      "Run the command where the migration files are, without --from-database.",
      "Or choose a target above it, and define what holds the secret by hand.",
    ],
    meta: { versions, direction },
  });
}

/** Refuses what would put `[REDACTED]` in the place of a secret. @throws `EXECUTOR.SECRET_WITHHELD` */
export function refuseWithheld(
  migrations: readonly Migration[],
  direction: MigrationDirection,
): void {
  const withheld = migrations.filter((migration) => migration.withheld?.includes(direction));
  if (withheld.length > 0) {
    throw secretWithheld(
      withheld.map(({ version }) => version),
      direction,
    );
  }
}
