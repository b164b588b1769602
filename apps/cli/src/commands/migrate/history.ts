import { DatabaseCommand } from "../../database-command.ts";
import { renderHistory } from "../../render/history.ts";

export default class MigrateHistory extends DatabaseCommand<typeof MigrateHistory> {
  static override summary = "List the applied migrations in the order they were applied";
  static override examples = ["<%= config.bin %> <%= command.id %>"];

  async run(): Promise<void> {
    const { getAppliedMigrations } = await import("surql/history");
    const applied = await getAppliedMigrations(await this.database());
    await this.show(applied, { table: renderHistory });
  }
}
