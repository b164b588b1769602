import { severalHeads } from "../../branch-heads.ts";
import { fromDatabaseFlag } from "../../configuration/flags.ts";
import { DatabaseCommand } from "../../database-command.ts";
import { renderStatus } from "../../render/status.ts";

export default class MigrateStatus extends DatabaseCommand<typeof MigrateStatus> {
  static override summary = "Say which migrations are applied, pending, missing or changed";
  static override examples = ["<%= config.bin %> <%= command.id %>"];
  static override flags = { "from-database": fromDatabaseFlag };

  async run(): Promise<void> {
    const migrations = await this.knownMigrations(this.flags["from-database"]);
    const { getMigrationStatus } = await import("surql/history");
    const status = await getMigrationStatus(await this.database(), migrations);
    await this.show({ ...status, ...(await severalHeads(migrations)) }, { table: renderStatus });
  }
}
