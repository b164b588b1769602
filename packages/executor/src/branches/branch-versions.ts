import type { VersionGraph } from "@surql/graph";

/**
 * The versions that lead to one branch alone: what `head` builds on above `target`, but nothing that another branch which
 * stays builds on too, and what was built on `head` since. Pure.
 *
 * @param present The versions that are applied, whole or half.
 * @param target A version below `head`, or `base`.
 */
export function branchVersions(
  graph: VersionGraph,
  present: readonly string[],
  target: string,
  head: string,
): ReadonlySet<string> {
  const known = present.filter((version) => graph.getNode(version) !== undefined);
  const behind = new Set([head, ...graph.getDescendants(head)]);
  const leading = new Set(graph.getAncestors(head));
  const others = known.filter((version) => !behind.has(version) && !leading.has(version));
  const shared = new Set(others.flatMap((version) => graph.getAncestors(version)));
  const above = target === "base" ? undefined : new Set(graph.getDescendants(target));
  return new Set(
    known.filter(
      (version) =>
        (above === undefined || above.has(version)) &&
        (behind.has(version) || (leading.has(version) && !shared.has(version))),
    ),
  );
}
