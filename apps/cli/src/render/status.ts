import type { MigrationState, MigrationStatus } from "surql/history";
import { renderTable } from "../output/table.ts";
import type { Style, StyleName } from "../output/style.ts";

const colours: Readonly<Record<MigrationState, StyleName>> = {
  applied: "green",
  pending: "yellow",
  missing: "red",
  changed: "red",
};

/** Where the database stands, as a table. */
export async function renderStatus(status: MigrationStatus, style: Style): Promise<string> {
  const count = (state: MigrationState): number =>
    status.migrations.filter((migration) => migration.state === state).length;
  const counts = (["applied", "pending", "missing", "changed"] as const)
    .filter((state) => count(state) > 0)
    .map((state) => `${count(state)} ${state}`);
  const summary = `Current version: ${status.current ?? "base"} (${counts.join(", ") || "no migrations"})`;
  if (status.migrations.length === 0) return summary;
  const table = await renderTable(
    ["VERSION", "DESCRIPTION", "STATE", "APPLIED AT"],
    status.migrations.map(({ version, description, state, appliedAt }) => [
      version,
      description,
      style(colours[state], state),
      appliedAt ?? "",
    ]),
    style,
  );
  return `${summary}\n\n${table}`;
}
