import { cpus } from "node:os";
import { apply } from "./apply.ts";
import { capture } from "./capture.ts";
import { compare } from "./compare.ts";
import { count } from "./count.ts";
import { difference } from "./difference.ts";
import { graph } from "./graph.ts";
import { readArguments } from "./harness/read-arguments.ts";
import type { Request } from "./harness/read-arguments.ts";
import { headLine, renderRow, rowDocument } from "./harness/render-rows.ts";
import { passes } from "./harness/row.ts";
import type { BenchOptions, Row } from "./harness/row.ts";
import { memory } from "./memory.ts";
import { plan } from "./plan.ts";
import { preserve } from "./preserve.ts";
import { reversibility } from "./reversibility.ts";
import { rollback } from "./rollback.ts";
import { startup } from "./startup.ts";

/** A new topic is one file, and one name here. */
const topics: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Row[]>>> = {
  capture,
  apply,
  rollback,
  plan,
  reversibility,
  preserve,
  count,
  compare,
  difference,
  graph,
  startup,
  memory,
};

async function run({ only, json, ...options }: Request): Promise<void> {
  // Beside JSON, what is meant for people goes to stderr.
  const say = json ? console.error : console.log;
  const machine = `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "processor"}`;
  const sizes = options.quick ? "small sizes" : "full sizes";
  say(`${machine}; ${sizes}, medians of ${options.runs} runs\n\n${headLine}`);

  const results: { readonly topic: string; readonly row: Row }[] = [];
  for (const topic of only) {
    for (const row of (await topics[topic]?.(options)) ?? []) {
      say(renderRow(row));
      results.push({ topic, row });
    }
  }
  say(`\n${results.filter(({ row }) => passes(row)).length} of ${results.length} marks met`);
  if (json) {
    const documents = results.map(({ topic, row }) => rowDocument(topic, row));
    console.log(JSON.stringify(documents, undefined, 2));
  }
}

try {
  await run(readArguments(process.argv.slice(2), Object.keys(topics)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
