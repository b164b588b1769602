import { Heap } from "./heap.ts";
import type { Vertex } from "./vertex.ts";

/**
 * Parents before children; of the versions that could come next, the smallest text first.
 * Vertices on a cycle, or below one, are left out.
 */
export function sortVertices<M>(vertices: Iterable<Vertex<M>>): readonly Vertex<M>[] {
  const waitingFor = new Map<Vertex<M>, number>();
  const ready = new Heap<Vertex<M>>((a, b) => a.version < b.version);
  for (const vertex of vertices) {
    if (vertex.parents.length === 0) ready.push(vertex);
    else if (vertex.parents.length > 1) waitingFor.set(vertex, vertex.parents.length);
  }
  const order: Vertex<M>[] = [];
  for (let vertex = ready.pop(); vertex !== undefined; vertex = ready.pop()) {
    order.push(vertex);
    for (const child of vertex.children) {
      const waiting = (waitingFor.get(child) ?? 1) - 1;
      if (waiting === 0) ready.push(child);
      else waitingFor.set(child, waiting);
    }
  }
  return order;
}
