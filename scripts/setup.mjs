import "./node-version.mjs";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./environment.mjs";
import { printStep } from "./print-step.mjs";
import { removeStaleOutput } from "./remove-stale-output.mjs";
import { runCommand } from "./run-command.mjs";

/** @typedef {{ ok: boolean, output: string }} Outcome */

const tools = path.join(root, ".tools");

// Flags of npm and pnpm that only repeat a default are there because a user's .npmrc may say otherwise.

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** @returns {boolean} */
function hasPnpm(/** @type {string} */ version) {
  try {
    return readJson(path.join(tools, "node_modules", "pnpm", "package.json")).version === version;
  } catch {
    return false;
  }
}

/**
 * Puts the pnpm that package.json asks for into `.tools`.
 *
 * @returns {Promise<Outcome>}
 */
async function installPnpm() {
  const version = readJson(path.join(root, "package.json")).packageManager.replace("pnpm@", "");
  if (hasPnpm(version)) return { ok: true, output: "" };
  mkdirSync(tools, { recursive: true });
  writeFileSync(path.join(tools, "package.json"), '{ "private": true }\n');
  const flags =
    "--global=false --dry-run=false --package-lock-only=false --bin-links=true --workspaces=false";
  return runCommand(
    "npm",
    ["install", `pnpm@${version}`, "--save-exact", "--no-audit", "--no-fund", ...flags.split(" ")],
    { cwd: tools },
  );
}

/** @returns {Promise<Outcome>} */
function installPackages() {
  const flags =
    "--config.recursive-install=true --frozen-lockfile --prod=false --shamefully-hoist=false --config.node-linker=isolated " +
    "--config.optional=true --config.lockfile=true --config.confirm-modules-purge=false";
  return runCommand("pnpm", ["install", ...flags.split(" ")]);
}

/**
 * Builds every package, out of turbo's cache where nothing changed.
 *
 * @param {{ cwd?: string }} [options] `cwd`: another copy of the repository.
 * @returns {Promise<Outcome>}
 */
export function build({ cwd = root } = {}) {
  removeStaleOutput(cwd);
  return runCommand("turbo", ["run", "build", "--output-logs=errors-only", "--ui=stream"], { cwd });
}

/**
 * Installs pnpm and every dependency; quick when all is there. Prints one line per step, and everything
 * that a failing step said.
 *
 * @returns {Promise<boolean>} Whether it went well.
 */
export async function install() {
  return (
    (await setUpStep("Installing pnpm", installPnpm)) &&
    (await setUpStep("Installing dependencies", installPackages))
  );
}

/** @param {string} name @param {() => Promise<Outcome>} work */
async function setUpStep(name, work) {
  const { ok, output } = await printStep(name, work, (result) => (result.ok ? "ok" : "FAILED"));
  if (!ok) {
    console.error(
      `\n${output}\n${name} failed; its output is above. Once that is solved, run the same command again.`,
    );
  }
  return ok;
}

/** Installs and builds, or ends the process with exit code 1. */
export async function setUp() {
  const ready = (await install()) && (await setUpStep("Building", build));
  if (!ready) process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await setUp();
