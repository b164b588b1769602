import type { Database } from "surql/connection";
import { refuseUnfinished } from "surql/executor";
import { findLastVersion, type LastVersion } from "surql/generator";
import { checksumMismatch, filesMissing, getAppliedMigrations, statusOf } from "surql/history";
import type { Migration } from "surql/migration";
import { sealSchema } from "surql/snapshot";
import type { Schema, SchemaSeal } from "surql/snapshot";
import { nothingApplied } from "../errors.ts";

/** A database as it is, and the version that its migrations led to. */
export interface LiveChange {
  readonly last: LastVersion;
  readonly schema: Schema;
  readonly seal?: SchemaSeal | undefined;
  /** The versions that are applied, in order. */
  readonly applied: readonly string[];
  /** Files that are not applied. */
  readonly pending: readonly string[];
}

/**
 * Reads what a change that was made in a database builds on.
 *
 * @param migrations All files, parents first.
 * @param dependsOn The versions that the change is to build on, where somebody chose.
 * @throws `CLI.NOTHING_APPLIED`, `HISTORY.FILE_MISSING`, `HISTORY.CHECKSUM_MISMATCH`, `EXECUTOR.UNFINISHED_MIGRATION`,
 * `EXECUTOR.STATEMENT_UNSETTLED`, `GENERATOR.*`, `CONNECTION.*`.
 */
export async function readLiveChange(
  db: Database,
  migrations: readonly Migration[],
  dependsOn: readonly string[] | undefined,
): Promise<LiveChange> {
  const ledger = await getAppliedMigrations(db);
  const { migrations: entries } = statusOf(ledger, migrations);
  const versionsIn = (wanted: string): readonly string[] =>
    entries.filter(({ state }) => state === wanted).map(({ version }) => version);
  if (versionsIn("missing").length > 0) throw filesMissing(versionsIn("missing"));
  if (versionsIn("changed").length > 0) throw checksumMismatch(versionsIn("changed"));
  const pending = versionsIn("pending");
  if (ledger.length === 0 && pending.length > 0) throw nothingApplied(pending.length);
  const applied = ledger.map(({ version }) => version);
  const last = findLastVersion(migrations, { dependsOn, applied });
  await refuseUnfinished(db);
  const { schema, seal } = await sealSchema(db);
  return { last, schema, seal, applied, pending };
}
