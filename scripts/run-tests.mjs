import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { runCommand } from "./run-command.mjs";

/**
 * Runs the tests of every package, and counts them.
 *
 * @param {import("./checks.mjs").RunOptions} [options]
 * @returns {Promise<{ ok: boolean, output: string, passed: number, failed: number }>}
 */
export async function runTests({ cwd, only = [] } = {}) {
  const directory = mkdtempSync(path.join(os.tmpdir(), "surql-tests-"));
  const report = path.join(directory, "report.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    // Some five minutes on an idle machine with two cores; a slow one is not to be cut off.
    const run = await runCommand("vitest", ["run", ...reporters, ...only], { cwd, minutes: 90 });
    return { ...run, ...count(run.ok, report) };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * A file that could not be loaded, a crash and an error outside of tests count as one failure each.
 *
 * @param {boolean} ok
 * @param {string} report
 */
function count(ok, report) {
  try {
    /** @type {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} */
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    const unloaded = testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    const failed = numFailedTests + unloaded.length;
    return { passed: numPassedTests, failed: ok ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
