import { alg, Graph } from "@dagrejs/graphlib";
import { VersionGraph } from "@surql/graph";
import { inChild } from "./harness/in-child.ts";
import { inTurns, median, timed } from "./harness/measure.ts";
import type { Pair } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { layeredVersions } from "./workload/layered-versions.ts";
import type { Version } from "./workload/layered-versions.ts";

const phases = ["build", "sort", "find a path"];

/** Milliseconds of each phase. */
type Times = readonly number[];

/** Building a graph, sorting it and finding a path from top to bottom, beside graphlib. */
export async function graph({ runs, quick }: BenchOptions): Promise<readonly Row[]> {
  const versions = quick ? 2000 : 100_000;
  const { ours, raw } = await inChild("handleGraphs", { versions, runs });
  const row = (phase: string, timeOf: (times: Times) => number): Row => ({
    what: `graph of ${versions} versions against graphlib: ${phase}`,
    unit: "ms",
    mark: 1,
    ours: median(ours.map(timeOf)),
    raw: median(raw.map(timeOf)),
  });
  return [
    ...phases.map((phase, index) => row(phase, (times) => times[index] ?? Number.NaN)),
    row("all three", (times) => times.reduce((sum, time) => sum + time)),
  ];
}

/** The times of every run. */
export async function handleGraphs(input: {
  versions: number;
  runs: number;
}): Promise<Pair<readonly Times[]>> {
  const versions = layeredVersions(input.versions);
  return inTurns(
    input.runs,
    () => handleWithSurql(versions),
    () => handleWithGraphlib(versions),
  );
}

async function handleWithSurql(versions: readonly Version[]): Promise<Times> {
  const made = new VersionGraph<Version>();
  const [top, bottom] = endsOf(versions);
  return [
    await timed(() => {
      for (const one of versions) made.addVersion(one, one.parents);
    }),
    await timed(() => made.topologicalOrder()),
    await timed(() => expectPath(versions, made.getPath(top, bottom))),
  ];
}

async function handleWithGraphlib(versions: readonly Version[]): Promise<Times> {
  const made = new Graph();
  const [top, bottom] = endsOf(versions);
  return [
    await timed(() => {
      for (const { version } of versions) made.setNode(version);
      for (const { version, parents } of versions) {
        for (const parent of parents) made.setEdge(parent, version);
      }
    }),
    await timed(() => alg.topsort(made)),
    await timed(() => {
      const reached = alg.dijkstra(
        made,
        top,
        () => 1,
        (version) => made.inEdges(version) ?? [],
      );
      const path = [bottom];
      for (let at = bottom; at !== top; path.push(at)) at = reached[at]?.predecessor ?? top;
      expectPath(versions, path);
    }),
  ];
}

/** The last version, and the one of the first layer that it descends from. */
function endsOf(versions: readonly Version[]): readonly [top: string, bottom: string] {
  const bottom = versions[(versions.length - 1) % 100];
  return [versions.at(-1)?.version ?? "", bottom?.version ?? ""];
}

function expectPath(versions: readonly Version[], path: readonly string[]): void {
  const expected = Math.ceil(versions.length / 100);
  if (path.length !== expected) throw new Error(`The path has ${path.length} versions.`);
}
