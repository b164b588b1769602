import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { earlyImports } from "./harness/early-imports.ts";
import { measurePair, moreOfShortWork, timed } from "./harness/measure.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { runProgram } from "./harness/run-program.ts";
import { withFolder } from "./harness/with-folder.ts";
import { writeMinimalProgram } from "./workload/minimal-program.ts";

const surql = fileURLToPath(new URL("../../apps/cli/bin/run.js", import.meta.url));

/** Starting the command, beside a minimal oclif program; and what it imports before it is needed. */
export function startup({ runs }: BenchOptions): Promise<readonly Row[]> {
  return withFolder(async (folder) => {
    const minimal = await writeMinimalProgram(join(folder, "minimal"));
    const project = join(folder, "project");
    await mkdir(project);
    const pair = await measurePair(
      moreOfShortWork * runs,
      () => timed(() => runProgram([surql, "--version"])),
      () => timed(() => runProgram([minimal, "--version"])),
    );
    return [
      { what: "surql --version, against a minimal oclif program", unit: "ms", mark: 1.25, ...pair },
      ...earlyImports(surql, minimal, project, runs),
    ];
  });
}
