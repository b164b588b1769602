import type { Vertex } from "./vertex.ts";

/**
 * A shortest path from `from` to its ancestor `to`, both included; `undefined` when `to` is no
 * ancestor. Of several, the one through the parents that are named first.
 */
export function pathDown<M>(from: Vertex<M>, to: Vertex<M>): readonly Vertex<M>[] | undefined {
  const child = new Map<Vertex<M>, Vertex<M> | undefined>([[from, undefined]]);
  for (const vertex of child.keys()) {
    if (vertex === to) return trace(child, to);
    for (const parent of vertex.parents) {
      // What stands before `to` in topological order cannot lead down to it.
      if (parent.position >= to.position && !child.has(parent)) child.set(parent, vertex);
    }
  }
  return undefined;
}

function trace<M>(
  child: ReadonlyMap<Vertex<M>, Vertex<M> | undefined>,
  end: Vertex<M>,
): readonly Vertex<M>[] {
  const path: Vertex<M>[] = [];
  for (let at: Vertex<M> | undefined = end; at !== undefined; at = child.get(at)) path.push(at);
  return path.reverse();
}
