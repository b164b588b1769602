import type { SnapshotSummary } from "surql/snapshot";
import { amount } from "../output/amount.ts";
import type { Style } from "../output/style.ts";

/** A snapshot that was just stored. */
export interface StoredSnapshot extends SnapshotSummary {
  /** The file that it was written to. */
  readonly output?: string;
}

/** What was stored, and where. */
export function renderSnapshot(snapshot: StoredSnapshot, style: Style): string {
  const { version, tables, migrations, checksum, output } = snapshot;
  return [
    `${style("green", "Stored")} the snapshot ${version}: ${amount(tables, "table")} after ${amount(migrations, "migration")}`,
    `Checksum ${checksum}`,
    ...(output === undefined ? [] : [`Written to ${output}`]),
  ].join("\n");
}
