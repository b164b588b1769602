import { Heap } from "./heap.ts";
import type { Vertex } from "./vertex.ts";

/**
 * The latest vertex in topological order that both descend from (or are).
 * No other common ancestor descends from it, since such a one would come later in the order.
 */
export function findMergeBase<M>(a: Vertex<M>, b: Vertex<M>): Vertex<M> | undefined {
  if (a === b) return a;
  const fromA = new Set([a]);
  const fromB = new Set([b]);
  const latestFirst = new Heap<Vertex<M>>((x, y) => x.position > y.position);
  latestFirst.push(a);
  latestFirst.push(b);
  for (let vertex = latestFirst.pop(); vertex !== undefined; vertex = latestFirst.pop()) {
    if (fromA.has(vertex) && fromB.has(vertex)) return vertex;
    const side = fromA.has(vertex) ? fromA : fromB;
    for (const parent of vertex.parents) {
      if (!fromA.has(parent) && !fromB.has(parent)) latestFirst.push(parent);
      side.add(parent);
    }
  }
  return undefined;
}
