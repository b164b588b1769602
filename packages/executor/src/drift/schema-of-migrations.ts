import type { Database } from "@surql/connection";
import { SurqlError } from "@surql/errors";
import type { AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { captureSchema, type Schema } from "@surql/snapshot";
import { refuseWithheld } from "../apply/refuse-withheld.ts";
import { storedMigrations } from "../apply/stored-migrations.ts";
import { layOutWhole } from "../run/lay-out.ts";

/** Longest that a statement may take there: it meets no records. */
const statementLimit = "30s";

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
 * @throws `EXECUTOR.SCRIPTS_MISSING`, `EXECUTOR.SECRET_WITHHELD`, `CONNECTION.ENGINE_MISSING`, and what a statement fails with.
 */
export async function schemaOfMigrations(
  db: Database,
  applied: readonly AppliedMigration[],
  files: readonly Migration[],
): Promise<Schema> {
  const migrations = await asApplied(db, applied, files);
  refuseWithheld(migrations, "up");
  await using scratch = await db.openScratch();
  // An engine that does not know the statement has no limit.
  await scratch.query(`ALTER SYSTEM QUERY_TIMEOUT ${statementLimit}`).catch(() => undefined);
  for (const migration of migrations) {
    for (const { transactional, statements } of layOutWhole(migration)) {
      if (transactional) await scratch.transact(statements);
      else for (const { text } of statements) await scratch.query(text);
    }
  }
  return captureSchema(scratch);
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
