// Each package packed, installed by npm into an empty folder with its own dependencies only, and used there.
// All packages, or those that are named.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { uses } from "./alone-uses.mjs";
import { packPackages } from "./pack-packages.mjs";
import { runCommand } from "./run-command.mjs";
import { twoAtATime } from "./two-at-a-time.mjs";

/** @typedef {import("./pack-packages.mjs").PackedPackage} PackedPackage */

const directory = mkdtempSync(path.join(os.tmpdir(), "surql-alone-"));

/**
 * Tarballs, by name: of the package and of the packages of this repository that it depends on, directly or not.
 *
 * @param {string} name
 * @param {ReadonlyMap<string, PackedPackage>} packages
 * @param {Map<string, string>} found Where they are added.
 * @returns {Map<string, string>}
 */
function addWithDependencies(name, packages, found = new Map()) {
  const packed = packages.get(name);
  if (packed === undefined || found.has(name)) return found;
  found.set(name, `file:${packed.tarball}`);
  for (const dependency of Object.keys(packed.manifest.dependencies ?? {})) {
    addWithDependencies(dependency, packages, found);
  }
  return found;
}

/**
 * @param {string} name
 * @param {ReadonlyMap<string, PackedPackage>} packages
 * @returns {Promise<string | undefined>} What went wrong.
 */
async function findProblem(name, packages) {
  const use = uses[name];
  if (use === undefined) return `${name}: scripts/alone-uses.mjs does not say how to use it`;
  const folder = path.join(directory, name.replace("/", "-"));
  const dependencies = { ...Object.fromEntries(addWithDependencies(name, packages)), ...use.peers };
  const manifest = { private: true, dependencies, overrides: use.overrides };
  mkdirSync(folder);
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    path.join(folder, "use.mjs"),
    `import assert from "node:assert/strict";\n${use.program}`,
  );

  const installed = await runCommand(
    "npm",
    ["install", "--no-audit", "--no-fund", "--prefer-offline"],
    { cwd: folder },
  );
  if (!installed.ok) return `${name} could not be installed:\n${installed.output}`;
  const used = await runCommand("node", ["use.mjs"], { cwd: folder, minutes: 5 });
  return used.ok ? undefined : `${name} could not be used:\n${used.output}`;
}

try {
  const packages = new Map((await packPackages(directory)).map((packed) => [packed.name, packed]));
  const named = process.argv.slice(2);
  const names = named.length > 0 ? named : [...packages.keys()];
  const outcomes = await twoAtATime(names, (name) => findProblem(name, packages));
  const problems = outcomes.filter((problem) => problem !== undefined);
  console.log(problems.join("\n") || `${names.length} packages can be installed and used alone`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
