import type { AppliedMigration, StoredEvent } from "surql/history";
import { renderTable } from "../output/table.ts";
import type { Style } from "../output/style.ts";

/** The applied migrations in the order they were applied, as a table; and how to undo a rollback, if nothing came after it. */
export async function renderHistory(
  applied: readonly AppliedMigration[],
  style: Style,
  last?: StoredEvent,
): Promise<string> {
  const table = applied.length === 0 ? "No migration is applied." : await tableOf(applied, style);
  if (last?.undo === undefined) return table;
  const { at, actor, fromVersion = "", toVersion = "", undo } = last;
  return `${table}\n\nRolled back from ${fromVersion} to ${toVersion} on ${at} by ${actor}. To undo that: ${undo}`;
}

function tableOf(applied: readonly AppliedMigration[], style: Style): Promise<string> {
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
