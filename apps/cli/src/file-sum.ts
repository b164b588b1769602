import { basename } from "node:path";
import type { Database } from "surql/connection";
import type { Migration, SumReport } from "surql/migration";
import { toSurqlError } from "./to-surql-error.ts";

/**
 * The files as `surql.sum` has them; `undefined` without one.
 *
 * @throws `MIGRATION.SUM_MISMATCH` naming every file that is not as it was sealed, `MIGRATION.SUM_UNREADABLE`.
 */
export async function checkedSum(directory: string): Promise<SumReport | undefined> {
  const { inspectSum, sumMismatch } = await import("surql/migration");
  const report = await inspectSum(directory);
  if (report !== undefined && report.problems.length > 0) throw sumMismatch(report.problems);
  return report;
}

/**
 * Refuses to apply what was sealed and is no longer the same. Of what is applied the ledger itself knows, and a new
 * file among the old ones is a question of order.
 *
 * @throws `MIGRATION.SUM_MISMATCH`, `MIGRATION.SUM_UNREADABLE`.
 */
export async function refuseUnsealed(db: Database, directory: string): Promise<void> {
  const { inspectSum, sumMismatch } = await import("surql/migration");
  const report = await inspectSum(directory);
  if (report === undefined || report.problems.length === 0) return;
  const { getAppliedMigrations } = await import("surql/history");
  const applied = (await getAppliedMigrations(db)).map(({ version }) => `${version}_`);
  const problems = report.problems.filter(
    ({ kind, file }) => kind !== "added" && !applied.some((start) => file.startsWith(start)),
  );
  if (problems.length > 0) throw sumMismatch(problems);
}

/**
 * Seals the files that are applied as they are, where there is a `surql.sum`.
 *
 * @returns Why it could not be written, in one sentence.
 */
export async function sealApplied(
  db: Database,
  directory: string,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  const { inspectSum, recordInSum } = await import("surql/migration");
  const report = await inspectSum(directory);
  if (report === undefined) return undefined;
  const { getAppliedMigrations } = await import("surql/history");
  const applied = new Map(
    (await getAppliedMigrations(db)).map(({ version, checksum }) => [version, checksum]),
  );
  const sealed = new Set(report.sealed);
  const seal = migrations
    .filter(({ version, checksum }) => applied.get(version) === checksum)
    .map(({ path }) => basename(path))
    .filter((name) => !sealed.has(name));
  if (seal.length === 0) return undefined;
  try {
    await recordInSum(directory, { seal });
    return undefined;
  } catch (error) {
    const { message, why } = toSurqlError(error, "migrate up");
    return `Applied, but not sealed: ${message}${why === undefined ? "" : ` ${why}`}`;
  }
}
