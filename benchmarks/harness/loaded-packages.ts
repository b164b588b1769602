import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runProgram } from "./run-program.ts";

/** The packages that a Node program loads, by name, each with the first of its files that was loaded, as a URL. */
export function loadedPackages(args: readonly string[], cwd: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const url of loadedFiles(args, cwd)) {
    const name = packageOf(dirname(fileURLToPath(url)));
    if (!packages.has(name)) packages.set(name, url);
  }
  return packages;
}

function loadedFiles(args: readonly string[], cwd: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "surql-bench-"));
  try {
    // The coverage that V8 writes names every script, whichever way it was imported, in order.
    runProgram(args, { cwd, env: { NODE_V8_COVERAGE: folder } });
    return readdirSync(folder).flatMap((file) => urlsIn(readFileSync(join(folder, file), "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function urlsIn(coverage: string): readonly string[] {
  const { result } = JSON.parse(coverage) as { result: readonly { url: string }[] };
  return result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
}

/** The name of the nearest package; folders inside of one may have a package.json without a name. */
function packageOf(folder: string): string {
  const file = join(folder, "package.json");
  const { name } = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as {
    name?: string;
  };
  return name ?? packageOf(dirname(folder));
}
