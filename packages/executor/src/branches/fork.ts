import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";

/** Two branches, from where they part. */
export interface Fork {
  readonly heads: readonly [string, string];
  /** What both build on, parents first. */
  readonly base: readonly Migration[];
  /** What only the one or only the other has, parents first. */
  readonly sides: readonly [readonly Migration[], readonly Migration[]];
}

/** Finds where two branches part. Pure. @throws `GRAPH.*` */
export function forkOf(
  migrations: readonly Migration[],
  [one, other]: readonly [string, string],
): Fork {
  const graph = buildVersionGraph(migrations);
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const left = new Set([...graph.getAncestors(one), one]);
  const right = new Set([...graph.getAncestors(other), other]);
  const where = (accept: (version: string) => boolean): readonly Migration[] =>
    graph
      .topologicalOrder()
      .filter(accept)
      .flatMap((version) => files.get(version) ?? []);
  return {
    heads: [one, other],
    base: where((version) => left.has(version) && right.has(version)),
    sides: [
      where((version) => left.has(version) && !right.has(version)),
      where((version) => right.has(version) && !left.has(version)),
    ],
  };
}
