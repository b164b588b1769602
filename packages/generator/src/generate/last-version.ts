import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";
import { notTheHeads, severalHeads, unknownParent } from "./generate-errors.ts";

/** What a new migration builds on. */
export interface LastVersion {
  /** The versions that it names; empty for the first migration. */
  readonly parents: readonly string[];
  /** These and all that they build on, parents first. */
  readonly migrations: readonly Migration[];
}

/** What {@link findLastVersion} is told. */
export interface LastVersionOptions {
  /** The versions to build on; the one head unless told. */
  readonly dependsOn?: readonly string[] | undefined;
  /** What is applied, where the change was made in a database: then that is what it builds on. All files unless told. */
  readonly applied?: readonly string[] | undefined;
}

/**
 * Finds the version that a new migration builds on. Pure.
 *
 * @param migrations All migrations, parents first.
 * @throws `GENERATOR.SEVERAL_HEADS`, `GENERATOR.UNKNOWN_PARENT`, `GENERATOR.NOT_THE_HEADS`, `GRAPH.*`.
 * @example
 * ```ts
 * findLastVersion(await discoverMigrations("migrations")).parents; // ["20260109_120000"]
 * ```
 */
export function findLastVersion(
  migrations: readonly Migration[],
  { dependsOn, applied }: LastVersionOptions = {},
): LastVersion {
  const inForce = new Set(applied ?? migrations.map(({ version }) => version));
  const known = migrations.filter(({ version }) => inForce.has(version));
  const graph = buildVersionGraph(known);
  const heads = graph.heads();
  const parents = [...new Set(dependsOn ?? heads)].toSorted();
  const unknown = parents.filter((parent) => graph.getNode(parent) === undefined);
  if (unknown.length > 0)
    throw unknownParent(
      unknown,
      known.map(({ version }) => version),
    );
  if (dependsOn === undefined && heads.length > 1) throw severalHeads(heads);

  const below = new Set(parents);
  for (const parent of parents) {
    for (const version of graph.getAncestors(parent)) below.add(version);
  }
  if (applied !== undefined && below.size < known.length) throw notTheHeads(parents, heads);
  return { parents, migrations: known.filter(({ version }) => below.has(version)) };
}
