import type { RestoredData, RestoreResult } from "surql/executor";
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

/** What `migrate restore` did, or would do. */
export function renderRestoreResult(
  { rule, restored, durationMs, dryRun }: RestoreResult & { readonly dryRun?: boolean | undefined },
  style: Style,
): string {
  const title =
    dryRun === true
      ? `Dry run, nothing was written. Would give back by the rule ${rule}:`
      : `${style("green", "Gave back")} by the rule ${rule} in ${Math.round(durationMs)} ms`;
  return [title, ...renderRestored(restored)].join("\n");
}
