import { inChild, type TaskName } from "../harness/in-child.ts";
import { measurePair } from "../harness/measure.ts";
import type { BenchOptions, Row } from "../harness/row.ts";
import { withFolder } from "../harness/with-folder.ts";
import { stores, urlOf } from "./stores.ts";

/** What is done once with a number of migrations, by us or by hand. */
export interface MigrationTask {
  readonly url: string;
  readonly count: number;
  readonly by: "ours" | "raw";
}

interface Measured {
  readonly count: number;
  readonly what: string;
  readonly mark: number;
}

/** Does the same with as many migrations on each store, by us and by hand, each time in a new process and folder. */
export async function measureMigrations(
  { runs }: BenchOptions,
  task: TaskName & ("applyOnce" | "planOnce" | "rollBackOnce"),
  { count, what, mark }: Measured,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const store of stores) {
    const once = (by: MigrationTask["by"]) => () =>
      withFolder((folder) => inChild(task, { url: urlOf(store, folder), count, by }));
    const pair = await measurePair(runs, once("ours"), once("raw"));
    rows.push({ what: `${what}, ${store}`, unit: "ms", mark, ...pair });
  }
  return rows;
}
