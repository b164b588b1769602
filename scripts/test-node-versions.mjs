// Runs the tests on every version of Node that is promised, each fetched from npm, and prints a table. Paths
// after the command choose tests: `npm run test:node -- packages/graph`.
import "./node-version.mjs";
import { runCommand } from "./run-command.mjs";
import { setUp } from "./setup.mjs";

const versions = ["20.19.0", "22", "24", "26"];
const vitest = ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)];

/**
 * @param {string} version
 * @param {readonly string[]} args
 */
function runNode(version, args) {
  const npx = ["--yes", "--package", `node@${version}`, "node", ...args];
  return runCommand("npx", npx, { minutes: 120 });
}

await setUp();

const table = [];
for (const version of versions) {
  const exact = (await runNode(version, ["--print", "process.version"])).stdout.trim();
  console.log(`Testing on Node ${exact} …`);
  const start = performance.now();
  const { ok, output } = await runNode(version, vitest);
  const seconds = Math.round((performance.now() - start) / 1000);
  const counts = /^\s*Tests\s+(.*)$/m.exec(output)?.[1] ?? "none";
  table.push({ node: exact, outcome: ok ? "ok" : "FAILED", tests: counts, seconds });
  if (!ok) console.log(output);
}

console.table(table);
process.exitCode = table.every(({ outcome }) => outcome === "ok") ? 0 : 1;
