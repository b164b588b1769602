import { buildVersionGraph, type VersionGraph } from "@surql/graph";
import {
  checksumMismatch,
  filesMissing,
  type AppliedMigration,
  type Progress,
} from "@surql/history";
import type { Migration } from "@surql/migration";
import { branchVersions } from "../branches/branch-versions.ts";
import { notOnBranch } from "../branches/branch-errors.ts";
import { notApplied, targetNotApplied, unknownVersion } from "../errors.ts";
import { changedFiles } from "../apply/select-pending.ts";

/** The migrations to roll back, newest first, and what stays although it is newer than the target. */
export interface RollbackPath {
  readonly down: readonly Migration[];
  /** Versions that were applied after the target but do not descend from it, or are not of the branch. */
  readonly staying: readonly string[];
  /** All applied versions, parents first where the order of applying allows it. */
  readonly upward: readonly string[];
}

/** How {@link findRollbackPath} looks for it. */
interface PathOptions {
  readonly allowChanged?: boolean | undefined;
  /** How far those came that are half-way: one that is not applied as a whole is rolled back as well. */
  readonly unfinished?: ReadonlyMap<string, Progress> | undefined;
  /** An applied version: only what leads to it alone goes, and what was built on it. */
  readonly branch?: string | undefined;
}

/**
 * Finds what has to be rolled back to reach a version: everything that is applied and descends from it,
 * in the reverse of the order of applying. An independent branch stays. With `branch`, only what leads to that version alone. Pure.
 *
 * @param target An applied version, or `base` for everything.
 * @throws `EXECUTOR.UNKNOWN_VERSION`, `EXECUTOR.TARGET_NOT_APPLIED`, `EXECUTOR.NOT_APPLIED` and `EXECUTOR.NOT_ON_BRANCH` for the branch,
 * `HISTORY.FILE_MISSING`, `HISTORY.CHECKSUM_MISMATCH`, `GRAPH.*`.
 */
export function findRollbackPath(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
  target: string,
  options: PathOptions = {},
): RollbackPath {
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const order = applied.map(({ version }) => version);
  const at = target === "base" ? -1 : order.indexOf(target);
  if (target !== "base" && at === -1) {
    const known = order.length > 0 ? order : [...files.keys()].toSorted();
    if (!files.has(target)) throw unknownVersion(target, known);
    throw targetNotApplied(target, order.at(-1) ?? null);
  }

  const missing = order.filter(
    (version, position) => !files.has(version) && (position > at || version === target),
  );
  if (missing.length > 0) throw filesMissing(missing);

  const graph = buildVersionGraph(migrations);
  const isBelow = versionsAbove(graph, target, order, options);
  const removed = new Set(order.filter((version) => isBelow === undefined || isBelow.has(version)));
  const changed = changedFiles(
    applied.filter(({ version }) => removed.has(version)),
    files,
  );
  if (changed.length > 0 && !options.allowChanged) throw checksumMismatch(changed);
  const upward = isParentsFirst(order, files) ? order : graph.topologicalOrder();
  const half = graph
    .topologicalOrder()
    .filter((version) => options.unfinished?.has(version) === true && !order.includes(version))
    .filter((version) => isBelow === undefined || isBelow.has(version));
  return {
    down: [...upward.filter((version) => removed.has(version)), ...half]
      .toReversed()
      .flatMap((version) => files.get(version) ?? []),
    staying: stayingOf(graph, order, at, options.branch).filter((version) => !removed.has(version)),
    upward,
  };
}

/** What goes when it is applied; `undefined` for all. */
function versionsAbove(
  graph: VersionGraph,
  target: string,
  order: readonly string[],
  { branch, unfinished }: PathOptions,
): ReadonlySet<string> | undefined {
  if (branch === undefined) {
    return target === "base" ? undefined : new Set(graph.getDescendants(target));
  }
  const present = [...order, ...(unfinished?.keys() ?? [])];
  if (graph.getNode(branch) === undefined) throw unknownVersion(branch, order);
  if (!present.includes(branch)) throw notApplied(branch);
  if (target !== "base" && !graph.getAncestors(branch).includes(target)) {
    throw notOnBranch(branch, target);
  }
  return branchVersions(graph, present, target, branch);
}

/** What could stay although it is newer than the target: one that was named may be newer than what is independent of it. */
function stayingOf(
  graph: VersionGraph,
  order: readonly string[],
  at: number,
  branch: string | undefined,
): readonly string[] {
  const target = order[at];
  if (branch === undefined || target === undefined) return order.slice(at + 1);
  const trunk = new Set([target, ...graph.getAncestors(target)]);
  return order.filter((version) => !trunk.has(version));
}

/** Whether the order of applying respects the graph; another tool may have applied a child before its parent. */
function isParentsFirst(order: readonly string[], files: ReadonlyMap<string, Migration>): boolean {
  const positions = new Map(order.map((version, position) => [version, position]));
  return order.every((version, position) =>
    (files.get(version)?.parents ?? []).every((parent) => (positions.get(parent) ?? -1) < position),
  );
}
