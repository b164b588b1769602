import { buildVersionGraph } from "@surql/graph";
import type { Migration } from "@surql/migration";
import { unsuitableRange } from "./squash-errors.ts";

/** The migrations that become one. */
export interface SquashRange {
  /** Parents first. */
  readonly range: readonly Migration[];
  /** What the range builds on, parents first. */
  readonly before: readonly Migration[];
  /** The parents of the range as a whole. */
  readonly parents: readonly string[];
}

/**
 * Chooses the migrations from one version to another, both included: all that descend from the first and that the last builds on. Pure.
 *
 * @param from Left out, everything that `to` builds on.
 * @throws `GENERATOR.SQUASH_RANGE` unless they can become one: nothing else may build on any but the last, or be built on by any but the first.
 */
export function chooseRange(
  migrations: readonly Migration[],
  { from, to }: { readonly from?: string | undefined; readonly to: string },
): SquashRange {
  const files = new Map(migrations.map((migration) => [migration.version, migration]));
  const unknown = [from, to].filter((version) => version !== undefined && !files.has(version));
  if (unknown.length > 0)
    throw unsuitableRange(
      to,
      unknown.map((one) => `There is no version ${one}.`),
    );
  const graph = buildVersionGraph(migrations);
  const below = new Set([...graph.getAncestors(to), to]);
  const above = from === undefined ? below : new Set([from, ...graph.getDescendants(from)]);
  const order = graph.topologicalOrder().flatMap((version) => files.get(version) ?? []);
  const range = order.filter(({ version }) => below.has(version) && above.has(version));
  const inside = new Set(range.map(({ version }) => version));
  const others = order.filter(({ version }) => !inside.has(version));
  const parents = from === undefined ? [] : (files.get(from)?.parents ?? []);
  const wanted = new Set(range.flatMap((one) => graph.getAncestors(one.version)));

  const faults = [
    ...(range.length === 0 ? [`${to} does not build on ${from}.`] : []),
    ...(range.length === 1 ? [`${to} alone is one migration already.`] : []),
    ...range.flatMap(({ version, parents: own }) =>
      version === from
        ? []
        : own
            .filter((parent) => !inside.has(parent))
            .map((parent) => `${version} also builds on ${parent}, which is not in it.`),
    ),
    ...others.flatMap(({ version, parents: own }) =>
      own
        .filter((parent) => inside.has(parent) && parent !== to)
        .map((parent) => `${version} builds on ${parent}, in the middle of it.`),
    ),
    ...(parents.length > 0 ? [] : wouldBeParent(others, to)),
  ];
  if (faults.length > 0) throw unsuitableRange(to, faults);
  return { range, before: others.filter(({ version }) => wanted.has(version)), parents };
}

/** A file without parents takes the previous version in text order for one. */
function wouldBeParent(others: readonly Migration[], to: string): readonly string[] {
  return others
    .filter(({ version }) => version < to)
    .map(
      ({ version }) =>
        `${version} stands before ${to} and is not in it: begin with a version that builds on it.`,
    )
    .slice(0, 1);
}
