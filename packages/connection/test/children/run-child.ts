import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, mkdir, realpath, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What became of a process, and what it printed. */
export interface Ended {
  readonly code: number;
  readonly printed: unknown;
  /** Milliseconds from start to end. */
  readonly took: number;
}

function run(file: string, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { timeout: 60_000 }, (_, stdout) => {
      resolve({ code: child.exitCode ?? -1, stdout });
    });
  });
}

/** Child processes cannot load TypeScript on Node 20: they use what this compiles. */
export async function compilePackage(): Promise<void> {
  const tsc = here("../../../../node_modules/typescript/bin/tsc");
  const { code, stdout } = await run(process.execPath, [tsc, "--build", here("../..")]);
  if (code !== 0) throw new Error(stdout);
}

/** Runs SurrealQL on a store in a process of its own. */
export async function useStore(
  url: string,
  sql: string,
  script = here("use-store.js"),
): Promise<Ended> {
  const begin = performance.now();
  const { code, stdout } = await run(process.execPath, [script, url, sql]);
  return { code, printed: JSON.parse(stdout || "null"), took: performance.now() - begin };
}

/** Puts a copy of the package, and the script that uses it, where only some of its dependencies are installed. */
export async function copyPackage(folder: string, installed: readonly string[]): Promise<void> {
  const modules = join(folder, "node_modules");
  const copy = join(modules, "@surql/connection");
  await mkdir(copy, { recursive: true });
  await cp(here("../../dist"), join(copy, "dist"), { recursive: true });
  await copyFile(here("../../package.json"), join(copy, "package.json"));
  await copyFile(here("use-store.js"), join(folder, "use-store.js"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  for (const name of installed) {
    const target = await realpath(here(`../../node_modules/${name}`));
    await symlink(target, join(modules, name), "junction");
  }
}

/** Starts a process that has a store open until it is let go. */
export async function holdStore(url: string): Promise<{ letGo(): Promise<void> }> {
  const child = spawn(process.execPath, [here("hold-store.js"), url]);
  await once(child.stdout, "data");
  return {
    async letGo() {
      const ended = once(child, "exit");
      child.stdin.end();
      await ended;
    },
  };
}
