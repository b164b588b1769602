import type { ExecutorEvent } from "surql/executor";

type BatchKept = Extract<ExecutorEvent, { readonly kind: "batch-kept" }>;

/** How far the keeping of one table is, how fast it goes, and how long it will take. */
export function renderBatch({ table, field, done, total, perSecond }: BatchKept): string {
  const what = field === undefined ? table : `${table}.${field}`;
  const left = perSecond > 0 ? `, ${Math.ceil((total - done) / perSecond)} s left` : "";
  return `Keeping ${what}: ${count(done)} of ${count(total)}, ${count(perSecond)} a second${left}`;
}

function count(records: number): string {
  return records.toLocaleString("en-US");
}
