import { alg, Graph } from "@dagrejs/graphlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { VersionGraph } from "../src/index.ts";
import { arbitraryGraph, arbitraryTangle, type PlannedVersion } from "./arbitrary-graph.ts";

fc.configureGlobal({ seed: 2026, numRuns: 300 });

function ours(planned: readonly PlannedVersion[]): VersionGraph {
  const graph = new VersionGraph();
  for (const migration of planned) graph.addVersion(migration);
  return graph;
}

/** The same graph in the oracle, edges from parent to child. */
function oracle(planned: readonly PlannedVersion[]): Graph {
  const graph = new Graph();
  for (const { version } of planned) graph.setNode(version);
  for (const { version, parents } of planned) {
    for (const parent of parents) graph.setEdge(parent, version);
  }
  return graph;
}

/** Steps from a version down to each of its ancestors. */
function distancesDown(graph: Graph, from: string): Map<string, number> {
  const reached = alg.dijkstra(
    graph,
    from,
    () => 1,
    (version) => graph.inEdges(version) ?? [],
  );
  return new Map(
    Object.entries(reached)
      .map(([version, { distance }]): [string, number] => [version, distance])
      .filter(([, distance]) => Number.isFinite(distance)),
  );
}

const pairs = arbitraryGraph.chain((planned) => {
  const version = fc.constantFrom(...planned.map((one) => one.version));
  return fc.tuple(fc.constant(planned), version, version);
});

test("the order respects every edge and does not depend on the order of insertion", () => {
  fc.assert(
    fc.property(arbitraryGraph, (planned) => {
      const order = ours(planned).topologicalOrder();
      expect(order.toSorted()).toEqual(planned.map(({ version }) => version).toSorted());
      for (const { version, parents } of planned) {
        for (const parent of parents)
          expect(order.indexOf(parent)).toBeLessThan(order.indexOf(version));
      }
      expect(ours(planned.toReversed()).topologicalOrder()).toEqual(order);
    }),
  );
});

test("no version could come earlier than one with a greater text", () => {
  fc.assert(
    fc.property(arbitraryGraph, (planned) => {
      const order = ours(planned).topologicalOrder();
      const parentsOf = new Map(planned.map(({ version, parents }) => [version, parents]));
      order.forEach((version, place) => {
        const before = new Set(order.slice(0, place));
        const ready = order
          .slice(place)
          .filter((other) => parentsOf.get(other)?.every((parent) => before.has(parent)));
        expect(version).toBe(ready.toSorted()[0]);
      });
    }),
  );
});

test("heads, roots and ancestry agree with the oracle", () => {
  fc.assert(
    fc.property(pairs, ([planned, version]) => {
      const graph = ours(planned);
      const other = oracle(planned);
      expect(graph.heads()).toEqual(other.sinks().toSorted());
      expect(graph.roots()).toEqual(other.sources().toSorted());
      const down = [...distancesDown(other, version).keys()].filter((one) => one !== version);
      const up = alg.preorder(other, version).filter((one) => one !== version);
      const order = graph.topologicalOrder();
      expect(graph.getAncestors(version)).toEqual(order.filter((one) => down.includes(one)));
      expect(graph.getDescendants(version)).toEqual(order.filter((one) => up.includes(one)));
    }),
  );
});

test("a path follows edges, is a shortest one, and its reverse is the way back", () => {
  fc.assert(
    fc.property(pairs, ([planned, from, to]) => {
      const graph = ours(planned);
      const other = oracle(planned);
      const base = graph.mergeBase(from, to);
      if (base === undefined) {
        expect(() => graph.getPath(from, to)).toThrow("No path");
        return;
      }
      const path = graph.getPath(from, to);
      expect([path[0], path.at(-1)]).toEqual([from, to]);
      path.slice(1).forEach((version, i) => {
        const previous = path[i] ?? "";
        expect(other.hasEdge(previous, version) || other.hasEdge(version, previous)).toBe(true);
      });
      const steps =
        (distancesDown(other, from).get(base) ?? NaN) + (distancesDown(other, to).get(base) ?? NaN);
      expect(path).toHaveLength(steps + 1);
      expect(graph.getPath(to, from)).toEqual(path.toReversed());
    }),
  );
});

test("a merge base is a common ancestor that no other common ancestor descends from", () => {
  fc.assert(
    fc.property(pairs, ([planned, a, b]) => {
      const graph = ours(planned);
      const other = oracle(planned);
      const ofB = distancesDown(other, b);
      const common = [...distancesDown(other, a).keys()].filter((version) => ofB.has(version));
      const base = graph.mergeBase(a, b);
      expect(graph.mergeBase(b, a)).toBe(base);
      if (base === undefined) expect(common).toEqual([]);
      else {
        expect(common).toContain(base);
        for (const version of graph.getDescendants(base)) expect(common).not.toContain(version);
      }
    }),
  );
});

test("any tangle is either sound or its faults are named", () => {
  fc.assert(
    fc.property(arbitraryTangle, (planned) => {
      const graph = ours(planned);
      const other = oracle(planned);
      const cycles = graph.cycles();
      expect(cycles.length === 0).toBe(alg.isAcyclic(other));
      for (const cycle of cycles) {
        expect(cycle[0]).toBe(cycle.toSorted()[0]);
        cycle.forEach((version, i) => {
          expect(other.hasEdge(version, cycle[(i + 1) % cycle.length] ?? "")).toBe(true);
        });
      }
      const known = new Set(planned.map(({ version }) => version));
      const unknown = planned.flatMap(({ parents }) => parents.filter((one) => !known.has(one)));
      expect(
        graph
          .missingParents()
          .map(({ parent }) => parent)
          .toSorted(),
      ).toEqual(unknown.toSorted());
      if (cycles.length + unknown.length === 0) graph.validate();
      else expect(() => graph.validate()).toThrow(expect.objectContaining({ name: "SurqlError" }));
    }),
  );
});
