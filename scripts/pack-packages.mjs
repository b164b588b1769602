import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./environment.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * @typedef {object} PackedPackage
 * @property {string} name
 * @property {string} folder Path from the root: `packages/graph`.
 * @property {string} tarball Absolute path.
 * @property {readonly string[]} files Paths in the tarball.
 * @property {{ dependencies?: Record<string, string> }} manifest As it is in the repository.
 */

/** @returns {Map<string, string>} Folders by the name of the package in them. */
function findFolders() {
  const folders = ["packages", "apps"].flatMap((parent) =>
    readdirSync(path.join(root, parent)).map((child) => `${parent}/${child}`),
  );
  return new Map(folders.map((folder) => [readManifest(folder).name, folder]));
}

/** @param {string} folder */
const readManifest = (folder) =>
  JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));

/**
 * Packs the packages that are published, as they would be published.
 *
 * @param {string} directory Where the tarballs go.
 * @param {readonly string[]} [names] Which; all unless told.
 * @returns {Promise<readonly PackedPackage[]>}
 */
export async function packPackages(directory, names = []) {
  const chosen = names.length > 0 ? names : ["./packages/*", "./apps/*"];
  const filters = chosen.flatMap((filter) => ["--filter", filter]);
  const destination = ["--pack-destination", directory];
  const packed = await runCommand("pnpm", [
    "--recursive",
    ...filters,
    "pack",
    "--json",
    ...destination,
  ]);
  if (!packed.ok) throw new Error(`pnpm pack failed:\n${packed.output}`);
  const folders = findFolders();
  /** @type {{ name: string, filename: string }[]} */
  const tarballs = [JSON.parse(packed.stdout)].flat();
  return Promise.all(
    tarballs.map(async ({ name, filename }) => {
      const folder = folders.get(name) ?? "";
      const tarball = path.resolve(directory, filename);
      return {
        name,
        folder,
        tarball,
        files: await listTarball(tarball),
        manifest: readManifest(folder),
      };
    }),
  );
}

/**
 * @param {string} tarball
 * @returns {Promise<readonly string[]>}
 */
async function listTarball(tarball) {
  const { stdout } = await runCommand("tar", ["-tzf", tarball]);
  return stdout
    .trim()
    .split("\n")
    .map((file) => file.replace("package/", ""));
}
