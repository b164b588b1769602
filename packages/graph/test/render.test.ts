import * as fc from "fast-check";
import { expect, test } from "vitest";
import { renderGraph, renderMermaid, VersionGraph } from "../src/index.ts";
import { arbitraryGraph } from "./arbitrary-graph.ts";

const graph = new VersionGraph()
  .addVersion({ version: "1", description: "Create user" })
  .addVersion({ version: "2", description: "Add\nbio" }, "1")
  .addVersion({ version: "3", description: 'Say "#1 <b>"' }, "1")
  .addVersion({ version: "4" }, ["2", "3"])
  .addVersion({ version: "5" });

const state = (version: string): string | undefined =>
  version === "5" ? undefined : version < "3" ? "applied" : "pending";

test("text: newest first, branches and merges drawn", () => {
  expect(renderGraph(graph, { state })).toBe(
    [
      "○  5",
      "○  4 [pending]",
      "├─╮",
      '│ ○  3 Say "#1 <b>" [pending]',
      "○ │  2 Add bio [applied]",
      "├─╯",
      "○  1 Create user [applied]",
    ].join("\n"),
  );
});

test("text: lines cross where they must, and free lanes are used again", () => {
  const tangled = new VersionGraph()
    .addVersion({ version: "1" })
    .addVersion({ version: "2" }, "1")
    .addVersion({ version: "3" }, "1")
    .addVersion({ version: "4" }, ["2", "1", "3"])
    .addVersion({ version: "5" }, "3")
    .addVersion({ version: "6" }, "2");
  expect(renderGraph(tangled)).toBe(
    [
      "○  6",
      "│ ○  5",
      "│ │ ○  4",
      "│ │ ├─┬─╮",
      "│ ├─┼─┼─╯",
      "│ ○ │ │  3",
      "├─┼─╯ │",
      "○ │   │  2",
      "├─┴───╯",
      "○  1",
    ].join("\n"),
  );
});

test("text: every version has one line, and an empty graph none", () => {
  expect(renderGraph(new VersionGraph())).toBe("");
  fc.assert(
    fc.property(arbitraryGraph, (planned) => {
      const drawn = new VersionGraph();
      for (const one of planned) drawn.addVersion(one);
      const versions = renderGraph(drawn)
        .split("\n")
        .filter((line) => line.includes("○"));
      expect(versions.map((line) => line.replace(/^[ │○]+/, ""))).toEqual(
        drawn.topologicalOrder().toReversed(),
      );
    }),
    { seed: 7, numRuns: 100 },
  );
});

test("mermaid: boxes, then arrows from parent to child, with labels escaped", () => {
  expect(renderMermaid(graph, { state })).toBe(
    [
      "flowchart TD",
      '  v0["1 Create user [applied]"]',
      '  v1["2 Add bio [applied]"]',
      '  v2["3 Say #34;#35;1 #60;b#62;#34; [pending]"]',
      '  v3["4 [pending]"]',
      '  v4["5"]',
      "  v0 --> v1",
      "  v0 --> v2",
      "  v1 --> v3",
      "  v2 --> v3",
    ].join("\n"),
  );
});
