import type { ExecutorEvent } from "surql/executor";

type Batch = Extract<ExecutorEvent, { readonly perSecond: number }>;

const verbs: Readonly<Record<Batch["kind"], string>> = {
  "batch-kept": "Keeping",
  "batch-restored": "Giving back",
  "batch-taken-back": "Taking out again",
};

/** How far the keeping or giving back of one table is, how fast it goes, and how long it will take. */
export function renderBatch({ kind, table, field, done, total, perSecond }: Batch): string {
  const verb = verbs[kind];
  const what = field === undefined ? table : `${table}.${field}`;
  const left = perSecond > 0 ? `, ${Math.ceil((total - done) / perSecond)} s left` : "";
  return `${verb} ${what}: ${count(done)} of ${count(total)}, ${count(perSecond)} a second${left}`;
}

function count(records: number): string {
  return records.toLocaleString("en-US");
}
