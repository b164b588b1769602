import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";

const compiled = /^(.+?)(\.d\.ts|\.js)(\.map)?$/;

/**
 * What stands in a package's `dist` although its source is gone: tsc never removes anything.
 *
 * @param {string} folder Absolute path of the package.
 * @param {readonly string[]} files Paths in `dist`.
 * @returns {readonly string[]}
 */
export function findStale(folder, files) {
  return files.filter((file) => {
    const source = compiled.exec(file)?.[1];
    return source !== undefined && !existsSync(path.join(folder, "src", `${source}.ts`));
  });
}

/**
 * Empties every `dist` that holds something stale, so that the next build writes it anew.
 *
 * @param {string} repository
 */
export function removeStaleOutput(repository) {
  for (const parent of ["packages", "apps"]) {
    for (const name of readdirSync(path.join(repository, parent))) {
      const folder = path.join(repository, parent, name);
      const dist = path.join(folder, "dist");
      if (!existsSync(dist)) continue;
      const files = readdirSync(dist, { recursive: true, encoding: "utf8" });
      if (findStale(folder, files).length > 0) rmSync(dist, { recursive: true });
    }
  }
}
