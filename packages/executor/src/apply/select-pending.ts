import { buildVersionGraph } from "@surql/graph";
import { checksumMismatch, filesMissing, type AppliedMigration } from "@surql/history";
import type { Migration } from "@surql/migration";
import { invalidSteps, unknownVersion } from "../errors.ts";

/** Which pending migrations to apply; all of them unless told. */
export interface Selection {
  /** The last version to apply, with everything that it descends from. */
  readonly to?: string | undefined;
  /** How many to apply at most. */
  readonly steps?: number | undefined;
  /** Go on although applied files were edited. */
  readonly allowChanged?: boolean | undefined;
  /** Go on although files of applied migrations are gone. */
  readonly allowMissing?: boolean | undefined;
}

/**
 * Chooses what to apply, in the order in which to apply it. Pure.
 *
 * @throws `EXECUTOR.UNKNOWN_VERSION`, `EXECUTOR.INVALID_STEPS`, `HISTORY.CHECKSUM_MISMATCH`, `HISTORY.FILE_MISSING`, `GRAPH.*`.
 */
export function selectPending(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
  { to, steps, allowChanged, allowMissing }: Selection,
): readonly Migration[] {
  if (steps !== undefined && !(Number.isSafeInteger(steps) && steps > 0)) throw invalidSteps(steps);
  const graph = buildVersionGraph(migrations);
  const ledger = new Set(applied.map(({ version }) => version));
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  if (to !== undefined && !files.has(to)) throw unknownVersion(to, [...files.keys()].toSorted());

  const missing = applied.filter(({ version }) => !files.has(version));
  if (missing.length > 0 && !allowMissing) {
    throw filesMissing(missing.map(({ version }) => version));
  }
  const changed = changedFiles(applied, files);
  if (changed.length > 0 && !allowChanged) throw checksumMismatch(changed);

  const wanted = to === undefined ? undefined : new Set([...graph.getAncestors(to), to]);
  return graph
    .topologicalOrder()
    .filter((version) => !ledger.has(version) && (wanted === undefined || wanted.has(version)))
    .slice(0, steps)
    .flatMap((version) => files.get(version) ?? []);
}

/** The applied versions whose files are no longer what was applied. Pure. */
export function changedFiles(
  applied: readonly AppliedMigration[],
  files: ReadonlyMap<string, Migration>,
): readonly string[] {
  return applied.flatMap(({ version, checksum }) => {
    const file = files.get(version);
    return file !== undefined && file.checksum !== checksum ? [version] : [];
  });
}
