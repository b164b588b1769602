import { median } from "./measure.ts";
import { loadedPackages } from "./loaded-packages.ts";
import type { Row } from "./row.ts";
import { runProgram } from "./run-program.ts";

const markMs = 30;

/** Commands that need no database. Each runs in the folder that those before it left. */
const commands = ["--version", "--help", "init", "migrate create first"];

/**
 * What a command loads that a minimal program does not: the import that costs most, and every other that costs
 * more than the mark.
 */
export function earlyImports(
  surql: string,
  minimal: string,
  folder: string,
  runs: number,
): readonly Row[] {
  const framework = loadedPackages([minimal, "hello"], folder);
  const oclif = framework.get("@oclif/core") ?? "";
  const costs = new Map<string, number>();
  return commands.flatMap((command) => {
    const added = [...loadedPackages([surql, ...command.split(" ")], folder)].filter(
      ([name]) => !framework.has(name) && name !== "@surql/cli",
    );
    const rows = added
      .map(([name, url]): Row => {
        const ours = costs.get(name) ?? importCost(url, oclif, runs);
        costs.set(name, ours);
        return { what: `surql ${command} imports ${name}`, unit: "ms", ours, mark: markMs };
      })
      .toSorted((a, b) => b.ours - a.ours);
    const none: Row = {
      what: `surql ${command} imports nothing but oclif`,
      unit: "ms",
      ours: 0,
      mark: markMs,
    };
    return [rows[0] ?? none, ...rows.slice(1).filter(({ ours }) => ours > markMs)];
  });
}

/** Milliseconds that it takes to import a file, and all that it imports, once the framework is there. */
function importCost(url: string, framework: string, runs: number): number {
  const program = `await import(${JSON.stringify(framework)});
    const begun = performance.now();
    await import(${JSON.stringify(url)});
    console.log(performance.now() - begun);
    process.exit();`;
  const costs = Array.from({ length: runs }, () =>
    Number(runProgram(["--input-type=module", "--eval", program])),
  );
  return median(costs);
}
