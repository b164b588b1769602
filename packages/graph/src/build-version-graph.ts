import { resolveParents } from "./resolve-parents.ts";
import { VersionGraph } from "./version-graph.ts";
import type { Versioned } from "./versioned.ts";

/**
 * The graph of a set of migrations. One that names no parents descends from the previous version
 * in text order.
 *
 * @param migrations In any order.
 * @throws `GRAPH.DUPLICATE_VERSION`, `GRAPH.UNKNOWN_PARENT`, `GRAPH.CYCLE`.
 * @example
 * ```ts
 * const graph = buildVersionGraph(await discoverMigrations("migrations"));
 * graph.topologicalOrder();
 * ```
 */
export function buildVersionGraph<M extends Versioned>(migrations: readonly M[]): VersionGraph<M> {
  const parents = resolveParents(migrations);
  const graph = new VersionGraph<M>();
  for (const migration of migrations) graph.addVersion(migration, parents.get(migration.version));
  graph.validate();
  return graph;
}
