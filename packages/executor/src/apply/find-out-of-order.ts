import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";

/** What is done about a pending migration that comes before one that is applied. */
export type OutOfOrderRule = "refuse" | "warn" | "apply";

/** A pending migration that comes late. */
export interface OutOfOrder {
  readonly version: string;
  /** The applied versions that come after it in the order of versions, and that it does not build on; the last of them first. */
  readonly applied: readonly string[];
}

/**
 * Finds the migrations that are to be applied behind later versions that they do not build on. On a new database they
 * would come first, so nobody has tried them in this order. Pure.
 *
 * @param migrations All files.
 * @param pending What is to be applied.
 * @param applied The versions that are.
 */
export function findOutOfOrder(
  migrations: readonly Migration[],
  pending: readonly Migration[],
  applied: readonly string[],
): readonly OutOfOrder[] {
  const newestFirst = applied.toSorted().toReversed();
  const newest = newestFirst[0];
  const suspects = pending.filter(({ version }) => newest !== undefined && version < newest);
  if (suspects.length === 0) return [];
  const graph = buildVersionGraph(migrations);
  return suspects.flatMap(({ version }) => {
    const below = new Set(graph.getAncestors(version));
    const later = newestFirst.filter((one) => one > version && !below.has(one));
    return later.length === 0 ? [] : [{ version, applied: later }];
  });
}
