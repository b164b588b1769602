import { sortVertices } from "./sort-vertices.ts";
import type { Vertex } from "./vertex.ts";

/**
 * The cycles among the vertices, each as the versions in it, from the smallest: every version is
 * a parent of the one after it, and the last is a parent of the first. A cycle that hangs below
 * another one may show only when that one is gone.
 */
export function findCycles<M>(vertices: readonly Vertex<M>[]): readonly (readonly string[])[] {
  const sorted = new Set(sortVertices(vertices));
  const stuck = vertices.filter((vertex) => !sorted.has(vertex)).toSorted(byVersion);
  // What is stuck has a stuck parent: following one from each must run into a cycle.
  const stuckParent = (vertex: Vertex<M>): Vertex<M> | undefined =>
    vertex.parents.filter((parent) => !sorted.has(parent)).toSorted(byVersion)[0];

  const cycles: (readonly string[])[] = [];
  const walked = new Set<Vertex<M>>();
  for (const start of stuck) {
    const walk = new Set<Vertex<M>>();
    let vertex: Vertex<M> | undefined = start;
    while (vertex !== undefined && !walked.has(vertex)) {
      walked.add(vertex);
      walk.add(vertex);
      vertex = stuckParent(vertex);
    }
    if (vertex !== undefined && walk.has(vertex)) {
      const versions = [...walk].map(({ version }) => version);
      cycles.push(fromSmallest(versions.slice(versions.indexOf(vertex.version)).toReversed()));
    }
  }
  return cycles;
}

function byVersion(a: { version: string }, b: { version: string }): number {
  return a.version < b.version ? -1 : 1;
}

function fromSmallest(cycle: readonly string[]): readonly string[] {
  const start = cycle.reduce(
    (best, version, i) => (version < (cycle[best] ?? version) ? i : best),
    0,
  );
  return [...cycle.slice(start), ...cycle.slice(0, start)];
}
