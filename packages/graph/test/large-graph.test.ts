import { expect, test } from "vitest";
import { renderGraph, VersionGraph } from "../src/index.ts";

const size = 100_000;
const name = (i: number): string => String(i).padStart(6, "0");

test("a chain of 100,000 versions overflows nothing", () => {
  const graph = new VersionGraph();
  for (let i = 0; i < size; i += 1)
    graph.addVersion({ version: name(i) }, i === 0 ? [] : name(i - 1));
  const [first, last] = [name(0), name(size - 1)];
  expect(graph.topologicalOrder()).toEqual(graph.getAllVersions());
  expect(graph.getPath(last, first)).toEqual(graph.getAllVersions().toReversed());
  expect(graph.getPath(first, last)).toHaveLength(size);
  expect(graph.getAncestors(last)).toHaveLength(size - 1);
  expect(graph.getDescendants(first)).toHaveLength(size - 1);
  expect(graph.mergeBase(name(500), last)).toBe(name(500));
  expect(renderGraph(graph).split("\n")).toHaveLength(size);
});

test("a cycle of 100,000 versions is named", () => {
  const graph = new VersionGraph();
  for (let i = 0; i < size; i += 1)
    graph.addVersion({ version: name(i) }, name((i + size - 1) % size));
  expect(graph.cycles()).toEqual([graph.getAllVersions()]);
});
