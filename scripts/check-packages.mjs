// Every package as it would be published: what is in its tarball, its manifest (publint) and whether its
// types are found (attw). Of all packages, or of those that are named.
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./environment.mjs";
import { packPackages } from "./pack-packages.mjs";
import { findStale } from "./remove-stale-output.mjs";
import { runCommand } from "./run-command.mjs";
import { twoAtATime } from "./two-at-a-time.mjs";

/** @typedef {import("./pack-packages.mjs").PackedPackage} PackedPackage */

const required = ["package.json", "README.md", "LICENSE"];
const expected =
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|oclif\.manifest\.json|bin\/[^/]+\.js|src\/.+\.ts|dist\/.+\.(js|d\.ts)(\.map)?)$/;

/**
 * @param {PackedPackage} packed
 * @returns {string[]}
 */
function findWrongFiles({ folder, files }) {
  const missing = required.filter((file) => !files.includes(file));
  const unexpected = files.filter((file) => !expected.test(file));
  const output = files.filter((file) => file.startsWith("dist/")).map((file) => file.slice(5));
  return [
    ...missing.map((file) => `${file} is missing from the tarball`),
    ...unexpected.map((file) => `${file} does not belong in the tarball`),
    ...findStale(path.join(root, folder), output).map(
      (file) =>
        `dist/${file} has no source any more; remove ${folder}/dist, then turbo run build --force`,
    ),
  ];
}

/**
 * @param {PackedPackage} packed
 * @returns {Promise<string[]>}
 */
async function findProblems(packed) {
  const problems = findWrongFiles(packed);
  const manifest = await runCommand("publint", ["run", packed.tarball, "--strict"]);
  if (!manifest.ok) problems.push(manifest.output);
  const types = await runCommand("attw", [packed.tarball, "--profile", "esm-only", "--no-color"]);
  if (!types.ok) problems.push(types.output);
  return problems.map((problem) => `${packed.name}: ${problem}`);
}

const directory = mkdtempSync(path.join(os.tmpdir(), "surql-packages-"));
try {
  const packages = await packPackages(directory, process.argv.slice(2));
  const problems = (await twoAtATime(packages, findProblems)).flat();
  console.log(problems.join("\n") || `${packages.length} packages are fit to be published`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
