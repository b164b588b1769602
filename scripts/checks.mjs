import { runCommand } from "./run-command.mjs";
import { runTests } from "./run-tests.mjs";
import { build } from "./setup.mjs";

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {boolean} [needsBuild] Whether it reads what was built.
 * @property {(options?: RunOptions) => Promise<Outcome>} run
 *
 * @typedef {{ cwd?: string, only?: readonly string[] }} RunOptions
 *   `cwd`: another copy of the repository. `only`: the packages or files to look at, where the check can choose.
 * @typedef {{ ok: boolean, output: string, passed?: number, failed?: number }} Outcome
 *   `passed` and `failed` where it is many checks in one.
 */

/**
 * @param {string} line
 * @returns {Check["run"]}
 */
const command = (line) => (options) => {
  const { cwd, only = [] } = options ?? {};
  const [program = "", ...args] = line.split(" ");
  return runCommand(program, [...args, ...only], { cwd });
};

/** @param {string} name */
const script = (name) => command(`node scripts/${name}.mjs`);

/**
 * What `npm test` checks, in this order. A new check is one line here.
 *
 * @type {readonly Check[]}
 */
export const checks = [
  { name: "build", run: build },
  { name: "format", run: command("oxfmt --check") },
  { name: "lint", run: command("oxlint") },
  { name: "types", run: command("tsc --build"), needsBuild: true },
  { name: "types of tests and scripts", run: command("tsc --project tsconfig.test.json") },
  { name: "import direction", run: command("turbo boundaries") },
  { name: "unused code", run: command("knip") },
  { name: "undeclared dependencies", run: command("knip --production --strict --dependencies") },
  { name: "error codes", run: script("check-error-codes") },
  { name: "packages", run: script("check-packages"), needsBuild: true },
  { name: "packages alone", run: script("check-alone"), needsBuild: true },
  { name: "planted violations", run: script("check-planted") },
  { name: "tests", run: runTests },
];
