import { DatabaseCommand } from "../../database-command.ts";
import { renderHistory } from "../../render/history.ts";

export default class MigrateHistory extends DatabaseCommand<typeof MigrateHistory> {
  static override summary = "List the applied migrations in the order they were applied";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { getAppliedMigrations, listEvents } = await import("surql/history");
    const database = await this.database();
    const applied = await getAppliedMigrations(database);
    const last = (await listEvents(database)).findLast(({ kind }) => kind !== "prune");
    await this.show(applied, { table: (rows, style) => renderHistory(rows, style, last) });
  }
}
