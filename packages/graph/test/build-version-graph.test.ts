import { expect, test } from "vitest";
import { buildVersionGraph, resolveParents } from "../src/index.ts";
import { caught } from "./caught.ts";

test("without named parents a version descends from the previous one in text order", () => {
  const graph = buildVersionGraph([
    { version: "3" },
    { version: "1", dependsOn: [] },
    { version: "2" },
  ]);
  expect(graph.getPath("3", "1")).toEqual(["3", "2", "1"]);
  expect(graph.roots()).toEqual(["1"]);
});

test("named parents make branches and merges; `parents` wins over `dependsOn`", () => {
  const graph = buildVersionGraph([
    { version: "1" },
    { version: "2" },
    { version: "3", dependsOn: ["1"] },
    { version: "4", dependsOn: ["2", "3"] },
    { version: "5", parents: ["4"], dependsOn: ["1"] },
  ]);
  expect(graph.getNode("1")?.children).toEqual(["2", "3"]);
  expect(graph.getNode("4")?.parents).toEqual(["2", "3"]);
  expect(graph.getNode("5")?.parents).toEqual(["4"]);
  expect(graph.heads()).toEqual(["5"]);
});

test("the previous version is a parent even when it has children already", () => {
  const graph = buildVersionGraph([
    { version: "1" },
    { version: "2" },
    { version: "3", dependsOn: ["1"] },
    { version: "4" },
  ]);
  expect(graph.getNode("4")?.parents).toEqual(["3"]);
  expect(graph.heads()).toEqual(["2", "4"]);
});

test("no migrations make an empty graph", () => {
  expect(buildVersionGraph([]).topologicalOrder()).toEqual([]);
});

test("everything is checked", () => {
  expect(caught(() => buildVersionGraph([{ version: "1" }, { version: "1" }]))).toMatchObject({
    code: "GRAPH.DUPLICATE_VERSION",
  });
  expect(caught(() => buildVersionGraph([{ version: "1", dependsOn: ["0"] }]))).toMatchObject({
    code: "GRAPH.UNKNOWN_PARENT",
    meta: { missing: [{ version: "1", parent: "0" }] },
  });
  // 2 names nothing, so that it descends from 1, which names it.
  const looped = [{ version: "1", dependsOn: ["2"] }, { version: "2" }];
  expect(caught(() => buildVersionGraph(looped))).toMatchObject({
    code: "GRAPH.CYCLE",
    meta: { versions: ["1", "2"] },
  });
});

test("parents can be resolved without a graph", () => {
  const parents = resolveParents([
    { version: "2" },
    { version: "1" },
    { version: "3", dependsOn: ["9"] },
  ]);
  expect(Object.fromEntries(parents)).toEqual({ "1": [], "2": ["1"], "3": ["9"] });
});
