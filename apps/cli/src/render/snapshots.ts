import type { SnapshotSummary } from "surql/snapshot";
import { renderTable } from "../output/table.ts";
import type { Style } from "../output/style.ts";

/** The stored snapshots, as a table. */
export async function renderSnapshots(
  snapshots: readonly SnapshotSummary[],
  style: Style,
): Promise<string> {
  if (snapshots.length === 0) return "No snapshot is stored.";
  return renderTable(
    ["VERSION", "CREATED AT", "TABLES", "MIGRATIONS", "CHECKSUM"],
    snapshots.map((snapshot) => [
      snapshot.version,
      snapshot.createdAt,
      String(snapshot.tables),
      String(snapshot.migrations),
      snapshot.checksum.slice(0, 12),
    ]),
    style,
  );
}
