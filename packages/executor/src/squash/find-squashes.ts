import type { Database } from "@surql/connection";
import { listEvents, type AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { squashNotRecorded, squashPartlyApplied } from "./squash-errors.ts";
import { unrecordedSquashes, type UnrecordedSquash } from "./squash-state.ts";

/**
 * Finds the squashes that a database has still to record: all that they stand for is applied, or a part of it. Asks nothing where no file is one.
 *
 * @param ledger In the order of applying.
 * @throws `CONNECTION.*`.
 */
export async function findSquashes(
  db: Pick<Database, "query">,
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
): Promise<readonly UnrecordedSquash[]> {
  const found = unrecordedSquashes(migrations, ledger, new Set());
  if (found.every(({ missing }) => missing.length === 0)) return found;
  const events = await listEvents(db);
  const covered = events.flatMap(({ replaced = [] }) => replaced.map(({ version }) => version));
  return unrecordedSquashes(migrations, ledger, new Set(covered));
}

/**
 * Refuses to go on before a squash is recorded: what is applied and what the files say cannot be compared until then.
 *
 * @throws `EXECUTOR.SQUASH_NOT_RECORDED`, `EXECUTOR.SQUASH_PARTLY_APPLIED`, `CONNECTION.*`.
 */
export async function refuseUnrecordedSquash(
  db: Pick<Database, "query">,
  migrations: readonly Migration[],
  ledger: readonly AppliedMigration[],
): Promise<void> {
  const [first] = await findSquashes(db, migrations, ledger);
  if (first === undefined) return;
  throw first.missing.length > 0 ? squashPartlyApplied(first) : squashNotRecorded(first);
}
