import { describe, expect, test } from "vitest";
import { VersionGraph } from "../src/index.ts";
import { caught } from "./caught.ts";

/** 1 ← 2 ← 4 ← 5 and 1 ← 3 ← 5: a branch and its merge; 6 stands alone. */
function branched(): VersionGraph {
  return new VersionGraph()
    .addVersion({ version: "1", description: "Create user" })
    .addVersion({ version: "2" }, "1")
    .addVersion({ version: "3", dependsOn: ["1"] })
    .addVersion({ version: "4", parents: ["2"] })
    .addVersion({ version: "5" }, ["4", "3"])
    .addVersion({ version: "6" });
}

describe("nodes", () => {
  test("show parents, children and the migration itself", () => {
    const migration = { version: "2", checksum: "abc" };
    const graph = new VersionGraph<typeof migration>()
      .addVersion({ version: "1", checksum: "" })
      .addVersion({ version: "3", checksum: "" }, "2")
      .addVersion(migration, "1");
    expect(graph.getNode("2")).toEqual({
      version: "2",
      parents: ["1"],
      children: ["3"],
      migration,
    });
    expect(graph.getNode("2")?.migration).toBe(migration);
  });

  test("are undefined for versions that are not there, and for parents not yet added", () => {
    const graph = new VersionGraph().addVersion({ version: "2" }, "1");
    expect(graph.getNode("1")).toBeUndefined();
    expect(graph.getNode("constructor")).toBeUndefined();
    expect(graph.size).toBe(1);
  });

  test("keep the order in which parents were named, each once; children are in text order", () => {
    const graph = branched().addVersion({ version: "05" }, ["3", "2", "3"]);
    expect(graph.getNode("05")?.parents).toEqual(["3", "2"]);
    expect(graph.getNode("3")?.children).toEqual(["05", "5"]);
  });

  test("an explicit empty list of parents makes a root of a migration that names some", () => {
    const graph = new VersionGraph().addVersion({ version: "2", dependsOn: ["1"] }, []);
    expect(graph.roots()).toEqual(["2"]);
  });
});

describe("order", () => {
  test("heads, roots and all versions are in text order by code units", () => {
    const graph = new VersionGraph();
    for (const version of ["b", "ä", "B", "a", "10", "9"]) graph.addVersion({ version });
    const inTextOrder = ["10", "9", "B", "a", "b", "ä"];
    expect(graph.getAllVersions()).toEqual(inTextOrder);
    expect(graph.heads()).toEqual(inTextOrder);
    expect(graph.roots()).toEqual(inTextOrder);
    expect(graph.topologicalOrder()).toEqual(inTextOrder);
  });

  test("parents come first even when their text is greater", () => {
    const graph = new VersionGraph().addVersion({ version: "1" }, "9").addVersion({ version: "9" });
    expect(graph.topologicalOrder()).toEqual(["9", "1"]);
  });

  test("follows versions that are added later", () => {
    const graph = branched();
    expect(graph.topologicalOrder()).toEqual(["1", "2", "3", "4", "5", "6"]);
    graph.addVersion({ version: "25" }, "2");
    expect(graph.topologicalOrder()).toEqual(["1", "2", "25", "3", "4", "5", "6"]);
    expect(graph.heads()).toEqual(["25", "5", "6"]);
  });
});

describe("paths", () => {
  test.each([
    ["4", "1", ["4", "2", "1"]],
    ["1", "4", ["1", "2", "4"]],
    ["5", "1", ["5", "3", "1"]],
    ["4", "3", ["4", "2", "1", "3"]],
    ["2", "2", ["2"]],
  ])("from %s to %s", (from, to, path) => {
    expect(branched().getPath(from, to)).toEqual(path);
  });

  test("no path between histories that share nothing", () => {
    expect(caught(() => branched().getPath("5", "6"))).toMatchObject({
      code: "GRAPH.NO_PATH",
      category: "usage",
      meta: { from: "5", to: "6" },
    });
  });

  test("unknown versions are errors wherever they are named", () => {
    const graph = branched();
    const calls = [
      () => graph.getPath("7", "1"),
      () => graph.getPath("1", "7"),
      () => graph.getAncestors("7"),
      () => graph.getDescendants("7"),
      () => graph.mergeBase("1", "7"),
    ];
    for (const call of calls) {
      expect(caught(call)).toMatchObject({ code: "GRAPH.UNKNOWN_VERSION", meta: { version: "7" } });
    }
  });
});

describe("ancestry", () => {
  test("ancestors are root first, descendants oldest first, both without the version", () => {
    expect(branched().getAncestors("5")).toEqual(["1", "2", "3", "4"]);
    expect(branched().getDescendants("1")).toEqual(["2", "3", "4", "5"]);
    expect(branched().getAncestors("1")).toEqual([]);
    expect(branched().getDescendants("5")).toEqual([]);
  });

  test.each([
    ["4", "3", "1"],
    ["5", "2", "2"],
    ["3", "3", "3"],
    ["5", "6", undefined],
  ])("the merge base of %s and %s is %s", (a, b, base) => {
    expect(branched().mergeBase(a, b)).toBe(base);
  });
});

describe("faults", () => {
  test("a repeated version", () => {
    const graph = new VersionGraph().addVersion({ version: "1" });
    expect(caught(() => graph.addVersion({ version: "1" }))).toMatchObject({
      code: "GRAPH.DUPLICATE_VERSION",
      category: "usage",
      meta: { version: "1" },
    });
    expect(graph.size).toBe(1);
  });

  test("every parent that was never added, at once", () => {
    const graph = new VersionGraph()
      .addVersion({ version: "2" }, ["0", "1"])
      .addVersion({ version: "3" }, ["2", "0"]);
    const missing = [
      { version: "2", parent: "0" },
      { version: "2", parent: "1" },
      { version: "3", parent: "0" },
    ];
    expect(graph.missingParents()).toEqual(missing);
    expect(caught(() => graph.validate())).toMatchObject({
      code: "GRAPH.UNKNOWN_PARENT",
      message: expect.stringContaining("2 names 1"),
      meta: { missing },
    });
    graph.addVersion({ version: "1" }).addVersion({ version: "0" });
    expect(graph.topologicalOrder()).toEqual(["0", "1", "2", "3"]);
  });

  test("a cycle names its versions, parent before child, and not those that hang below it", () => {
    const graph = new VersionGraph()
      .addVersion({ version: "1" })
      .addVersion({ version: "4" }, "3")
      .addVersion({ version: "2" }, ["1", "4"])
      .addVersion({ version: "3" }, "2")
      .addVersion({ version: "5" }, "4")
      .addVersion({ version: "0" }, "5");
    expect(caught(() => graph.topologicalOrder())).toMatchObject({
      code: "GRAPH.CYCLE",
      message: expect.stringContaining("2 → 3 → 4 → 2"),
      meta: { versions: ["2", "3", "4"], cycles: [["2", "3", "4"]] },
    });
  });

  test("several cycles, and a version that is its own parent", () => {
    const graph = new VersionGraph()
      .addVersion({ version: "1" }, "1")
      .addVersion({ version: "2" }, "3")
      .addVersion({ version: "3" }, "2");
    expect(graph.cycles()).toEqual([["1"], ["2", "3"]]);
  });
});
