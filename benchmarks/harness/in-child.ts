import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { tasks } from "./child.ts";

type Tasks = { readonly [N in keyof typeof tasks]: Awaited<ReturnType<(typeof tasks)[N]>> };
export type TaskName = keyof Tasks;
export type TaskInput<N extends TaskName> = Parameters<Tasks[N]>[0];
export type TaskResult<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>;

/** Runs a task in a process of its own, in which nothing is cached, compiled or allocated yet. */
export async function inChild<N extends TaskName>(
  name: N,
  input: TaskInput<N>,
): Promise<TaskResult<N>> {
  const file = fileURLToPath(new URL("child.js", import.meta.url));
  const child = fork(file, [name, JSON.stringify(input)], { execArgv: ["--expose-gc"] });
  const answer: { result?: TaskResult<N> } = {};
  child.once("message", (result) => {
    answer.result = result as TaskResult<N>;
  });
  const [code] = await once(child, "close");
  if (code !== 0 || !("result" in answer)) {
    throw new Error(`The task ${name} ended with code ${String(code)} and without a result.`);
  }
  return answer.result;
}
