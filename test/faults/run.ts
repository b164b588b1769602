import { parseArgs } from "node:util";
import { killAtPoints } from "./crash/kill-at-points.ts";

const usage =
  "npm run faults [-- --points N] [--seed N] [--scenario NAME] [--store surrealkv|rocksdb]";

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${text} is no whole number. ${usage}`);
  return Number(text);
}

function storeNamed(text: string): "surrealkv" | "rocksdb" {
  if (text !== "surrealkv" && text !== "rocksdb") throw new Error(usage);
  return text;
}

try {
  const { values } = parseArgs({
    options: {
      points: { type: "string" },
      seed: { type: "string" },
      scenario: { type: "string" },
      store: { type: "string" },
    },
  });
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : wholeNumber(values.seed);
  const started = performance.now();
  const report = await killAtPoints({
    points: wholeNumber(values.points ?? "1000"),
    seed,
    scenario: values.scenario,
    store: values.store === undefined ? undefined : storeNamed(values.store),
  });
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${report.points} points of seed ${seed} in ${seconds} s; ${report.killed} were killed, ` +
      `among ${report.calls} calls into the engine. ${report.wrong.length} findings.`,
  );
  for (const one of report.wrong) console.log(`\n${one}`);
  if (report.wrong.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
