import { parseArgs } from "node:util";
import type { BenchOptions } from "./row.ts";

/** What the command line asks for. */
export interface Request extends BenchOptions {
  readonly only: readonly string[];
  readonly json: boolean;
}

/** Reads the command line. Throws an error that says how to use it when it cannot be read. */
export function readArguments(args: readonly string[], topics: readonly string[]): Request {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        runs: { type: "string" },
        only: { type: "string", multiple: true, default: [...topics] },
        quick: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
      },
    });
    const { only, quick, json } = values;
    const runs = Number(values.runs ?? (quick ? 1 : 5));
    if (!Number.isInteger(runs) || runs < 1) throw new Error("--runs takes a count.");
    const unknown = only.find((name) => !topics.includes(name));
    if (unknown !== undefined) throw new Error(`There is no topic ${unknown}.`);
    return { only, quick, json, runs };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\n${usage}\nTopics: ${topics.join(", ")}`, { cause: error });
  }
}

const usage = "Usage: npm run bench -- [--runs N] [--only TOPIC]… [--quick] [--json]";
