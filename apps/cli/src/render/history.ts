import type { AppliedMigration } from "surql/history";
import { renderTable } from "../output/table.ts";
import type { Style } from "../output/style.ts";

/** The applied migrations in the order they were applied, as a table. */
export async function renderHistory(
  applied: readonly AppliedMigration[],
  style: Style,
): Promise<string> {
  if (applied.length === 0) return "No migration is applied.";
  return renderTable(
    ["VERSION", "DESCRIPTION", "APPLIED AT", "TOOK", "CHECKSUM"],
    applied.map((row) => [
      row.version,
      row.description,
      row.appliedAt,
      row.executionTimeMs === undefined ? "" : `${row.executionTimeMs} ms`,
      row.checksum.slice(0, 12),
    ]),
    style,
  );
}
