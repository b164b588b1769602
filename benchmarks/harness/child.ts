import { applyOnce } from "../apply.ts";
import { captureTables } from "../capture.ts";
import { compareTables } from "../compare.ts";
import { handleGraphs } from "../graph.ts";
import { captureForMemory, fillStore } from "../memory.ts";
import { rollBackOnce } from "../rollback.ts";

/** What can be done in a process of its own, by name. */
export const tasks = {
  applyOnce,
  captureForMemory,
  captureTables,
  compareTables,
  fillStore,
  handleGraphs,
  rollBackOnce,
} as const;

async function runTask(name: string, input: unknown): Promise<void> {
  if (!Object.hasOwn(tasks, name)) throw new Error(`There is no task ${name}.`);
  const task = tasks[name as keyof typeof tasks] as (input: unknown) => unknown;
  const result = await task(input);
  process.send?.(result ?? null, () => process.disconnect());
}

await runTask(process.argv[2] ?? "", JSON.parse(process.argv[3] ?? "null"));
