import type { RestoredData, RestoreResult } from "surql/executor";
import type { QuarantineEntry } from "surql/history";
import type { Style } from "../output/style.ts";
import { keptAmount, nameOfKept } from "./kept.ts";

/** What came back, one line for each entry. */
export function renderRestored(restored: readonly RestoredData[]): readonly string[] {
  return restored.map((entry) => {
    const { kind, records, stayed, gone } = entry;
    const notes = [
      ...(stayed > 0 ? [`${stayed} written since stayed`] : []),
      ...(gone > 0 ? [`${gone} left out, as their records are gone`] : []),
    ];
    const rest = notes.length > 0 ? ` (${notes.join("; ")})` : "";
    return `  ${nameOfKept(entry)}: ${keptAmount(kind, records)}${rest}`;
  });
}

/** That the data of a migration is too much for its transaction. */
export function renderRestoreInBatches(entries: readonly QuarantineEntry[]): string {
  const what = entries.map(
    (entry) => `${keptAmount(entry.kind, entry.count)} of ${nameOfKept(entry)}`,
  );
  return `Is given back in batches after the migration, if at all: ${what.join(", ")}. ${inBatchesNote}`;
}

/** What it means that something comes back in batches. */
export const inBatchesNote =
  "Each batch is committed by itself; interrupted, the same command goes on, or surql migrate repair --abandon takes out what came back.";

/** What `migrate restore` did, or would do. */
export function renderRestoreResult(
  {
    rule,
    restored,
    inBatches,
    durationMs,
    dryRun,
  }: RestoreResult & { readonly dryRun?: boolean | undefined },
  style: Style,
): string {
  const title =
    dryRun === true
      ? `Dry run, nothing was written. Would give back by the rule ${rule}:`
      : `${style("green", "Gave back")} by the rule ${rule} in ${Math.round(durationMs)} ms`;
  const notes = inBatches && dryRun === true ? [`In batches. ${inBatchesNote}`] : [];
  return [title, ...renderRestored(restored), ...notes].join("\n");
}
