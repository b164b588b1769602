import "./node-version.mjs";
import { checks } from "./checks.mjs";
import { printStep } from "./print-step.mjs";
import { install } from "./setup.mjs";

/** @typedef {{ passed: number, failed: number, output: string }} Tally */

let built = true;

/**
 * @param {import("./checks.mjs").Check} check
 * @returns {Promise<Tally>}
 */
async function run(check) {
  if (check.needsBuild && !built)
    return { passed: 0, failed: 1, output: "Not run: the build failed.\n" };
  const { ok, output, passed = ok ? 1 : 0, failed = ok ? 0 : 1 } = await check.run();
  if (check.name === "build") built = ok;
  return { passed, failed, output };
}

/** @param {Tally} tally */
function describe({ passed, failed }) {
  if (passed + failed === 1) return failed === 0 ? "ok" : "FAILED";
  return failed === 0 ? `ok, ${passed} passed` : `FAILED, ${passed} passed, ${failed} failed`;
}

let passed = 0;
/** @type {string[]} */
const failures = [];
let failed = 0;

if (await install()) {
  for (const check of checks) {
    const tally = await printStep(check.name, () => run(check), describe);
    if (tally.failed > 0) {
      failures.push(check.name);
      console.log(`\n${tally.output}`);
    }
    passed += tally.passed;
    failed += tally.failed;
  }
} else {
  failed = 1;
}

if (failures.length > 0) console.log(`\nFailed: ${failures.join(", ")}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
