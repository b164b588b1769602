/** What can be done in a process of its own, by name. Only what a task needs is loaded: it counts as memory. */
export const tasks = {
  applyOnce: async () => (await import("../apply.ts")).applyOnce,
  captureForMemory: async () => (await import("../memory.ts")).captureForMemory,
  captureTables: async () => (await import("../capture.ts")).captureTables,
  compareTables: async () => (await import("../compare.ts")).compareTables,
  countTables: async () => (await import("../count.ts")).countTables,
  fillStore: async () => (await import("../memory.ts")).fillStore,
  handleGraphs: async () => (await import("../graph.ts")).handleGraphs,
  keepTable: async () => (await import("../preserve.ts")).keepTable,
  planOnce: async () => (await import("../plan.ts")).planOnce,
  proveOnce: async () => (await import("../reversibility.ts")).proveOnce,
  rollBackOnce: async () => (await import("../rollback.ts")).rollBackOnce,
  writeDifference: async () => (await import("../difference.ts")).writeDifference,
} as const;

async function runTask(name: string, input: unknown): Promise<void> {
  if (!Object.hasOwn(tasks, name)) throw new Error(`There is no task ${name}.`);
  const task = (await tasks[name as keyof typeof tasks]()) as (input: unknown) => unknown;
  const result = await task(input);
  process.send?.(result ?? null, () => process.disconnect());
}

await runTask(process.argv[2] ?? "", JSON.parse(process.argv[3] ?? "null"));
