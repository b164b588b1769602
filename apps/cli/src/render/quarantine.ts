import type { MeasuredEntry } from "surql/executor";
import type { QuarantineEntry } from "surql/history";
import { renderTable } from "../output/table.ts";
import type { Style } from "../output/style.ts";
import { keptAmount, nameOfKept, renderKept } from "./kept.ts";

/** What rollbacks have kept, as a table. */
export async function renderQuarantine(
  entries: readonly MeasuredEntry[],
  style: Style,
): Promise<string> {
  if (entries.length === 0) return "Nothing is kept.";
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  const table = await renderTable(
    ["ID", "ROLLBACK", "MIGRATION", "OF", "KEPT", "SIZE", "AGE", "EXPIRES", "GIVEN BACK"],
    entries.map((entry) => [
      entry.id,
      entry.event,
      entry.migration,
      nameOfKept(entry),
      entry.state === "keeping" ? "still being kept" : keptAmount(entry.kind, entry.count),
      inBytes(entry.bytes),
      inTime(entry.ageMs),
      entry.expired ? "expired" : (entry.expiresAt ?? "never"),
      entry.restoredAt ?? (entry.state === "restoring" ? "half-way" : "no"),
    ]),
    style,
  );
  return `${table}\n${inBytes(total)} in all`;
}

/** What was dropped, or would be. */
export function renderQuarantinePruned(
  entries: readonly QuarantineEntry[],
  dryRun: boolean | undefined,
): string {
  if (entries.length === 0) return "Nothing has expired.";
  const title = dryRun === true ? "Dry run, nothing was written. Would drop:" : "Dropped:";
  return [title, ...renderKept(entries)].join("\n");
}

function inBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** step).toFixed(1)} ${units[step - 1]}`;
}

function inTime(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / (24 * 60))} d`;
}
