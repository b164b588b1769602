/** A version inside the graph. One without a migration was named as a parent and never added. */
export interface Vertex<M> {
  readonly version: string;
  migration: M | undefined;
  parents: readonly Vertex<M>[];
  readonly children: Vertex<M>[];
  /** Place in the topological order, from 0; only meaningful while that order is current. */
  position: number;
}

/** Every vertex that can be reached from `start`, without `start`, older ones first. */
export function reachable<M>(
  start: Vertex<M>,
  next: (vertex: Vertex<M>) => readonly Vertex<M>[],
): readonly Vertex<M>[] {
  const seen = new Set([start]);
  for (const vertex of seen) for (const neighbour of next(vertex)) seen.add(neighbour);
  seen.delete(start);
  return [...seen].toSorted((a, b) => a.position - b.position);
}
