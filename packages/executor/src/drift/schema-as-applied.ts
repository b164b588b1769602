import type { Database } from "@surql/connection";
import { SurqlError } from "@surql/errors";
import type { AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import type { Schema } from "@surql/snapshot";
import { refuseWithheld } from "../apply/refuse-withheld.ts";
import { storedMigrations } from "../apply/stored-migrations.ts";
import { schemaOfMigrations } from "../replay/schema-of-migrations.ts";

/** The migrations whose up scripts cannot be had as they were applied. */
function scriptsMissing(versions: readonly string[]): SurqlError {
  return new SurqlError({
    code: "EXECUTOR.SCRIPTS_MISSING",
    category: "state",
    message: `The scripts of ${versions.join(", ")} cannot be had as they were applied.`,
    why: "Their files are gone or were edited, and the database keeps no script of them.",
    nextActions: ["Bring back the migration files as they were applied, then run it again."],
    meta: { versions },
  });
}

/**
 * The schema that applied migrations give in an empty database, found by running them in a scratch engine.
 *
 * A migration is taken from its file where that is what was applied, else from the ledger. Records that they would have met
 * are not there.
 *
 * @param applied In the order of applying.
 * @param files Of the project, as far as there are any.
 * @throws `EXECUTOR.SCRIPTS_MISSING`, `EXECUTOR.SECRET_WITHHELD`, `EXECUTOR.REPLAY_FAILED`, `CONNECTION.ENGINE_MISSING`.
 */
export async function schemaAsApplied(
  db: Database,
  applied: readonly AppliedMigration[],
  files: readonly Migration[],
): Promise<Schema> {
  const migrations = await asApplied(db, applied, files);
  refuseWithheld(migrations, "up");
  await using scratch = await db.openScratch();
  return await schemaOfMigrations(scratch, migrations);
}

async function asApplied(
  db: Database,
  applied: readonly AppliedMigration[],
  files: readonly Migration[],
): Promise<readonly Migration[]> {
  const ofFiles = new Map(files.map((file) => [file.version, file]));
  const stored = new Map((await storedMigrations(db)).map((one) => [one.version, one]));
  const found = applied.map(({ version, checksum }) => {
    const file = ofFiles.get(version);
    if (file?.checksum === checksum) return file;
    const script = stored.get(version);
    return script !== undefined && script.up.length > 0 ? script : undefined;
  });
  const missing = applied.flatMap(({ version }, at) => (found[at] === undefined ? [version] : []));
  if (missing.length > 0) throw scriptsMissing(missing);
  return found.filter((one) => one !== undefined);
}
