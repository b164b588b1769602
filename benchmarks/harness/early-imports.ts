import { loadedPackages } from "./loaded-packages.ts";
import { median } from "./measure.ts";
import type { Row } from "./row.ts";
import { runProgram } from "./run-program.ts";

const markMs = 30;

/** What is run, in a folder that those before it have left, and which of our packages it cannot do without. */
const commands: readonly { readonly line: string; readonly needs: readonly string[] }[] = [
  { line: "--version", needs: [] },
  { line: "--help", needs: [] },
  { line: "init", needs: [] },
  { line: "migrate create first", needs: ["@surql/migration"] },
  { line: "migrate status", needs: ["@surql/migration", "@surql/history", "@surql/connection"] },
];

/**
 * Of the packages that a command loads, and that neither a minimal program nor the command needs: the one that
 * takes longest to import, and every other that takes longer than the mark.
 */
export function earlyImports(
  surql: string,
  minimal: string,
  folder: string,
  runs: number,
): readonly Row[] {
  const framework = loadedPackages([minimal, "hello"], folder);
  const oclif = framework.get("@oclif/core") ?? "";
  return commands.flatMap(({ line, needs }) => {
    const there = [oclif, ...needs.map((name) => import.meta.resolve(name))];
    const [longest, ...others] = [...loadedPackages([surql, ...line.split(" ")], folder)]
      .filter(([name]) => !framework.has(name) && name !== "@surql/cli")
      .map(([name, url]) => row(`surql ${line} imports ${name}`, importCost(url, there, runs)))
      .toSorted((a, b) => b.ours - a.ours);
    return [
      longest ?? row(`surql ${line} imports nothing but oclif`, 0),
      ...others.filter(({ ours }) => ours > markMs),
    ];
  });
}

function row(what: string, ours: number): Row {
  return { what, unit: "ms", ours, mark: markMs };
}

/** Milliseconds that it takes to import a file, with all that it imports and is not there yet. */
function importCost(url: string, there: readonly string[], runs: number): number {
  const program = [
    ...there.map((one) => `await import(${JSON.stringify(one)});`),
    "const begun = performance.now();",
    `await import(${JSON.stringify(url)});`,
    "console.log(performance.now() - begun);",
    "process.exit();",
  ].join("\n");
  const costs = Array.from({ length: runs }, () =>
    Number(runProgram(["--input-type=module", "--eval", program])),
  );
  return median(costs);
}
