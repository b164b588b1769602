import type { Migration } from "surql/migration";
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
    await this.#tellSquashes(migrations);
    await this.show({ ...status, ...(await severalHeads(migrations)) }, { table: renderStatus });
  }
  /** Until a squash is recorded, what it stands for looks missing. */
  async #tellSquashes(migrations: readonly Migration[]): Promise<void> {
    if (migrations.every(({ replaces }) => replaces === undefined)) return;
    const { findSquashes } = await import("surql/executor");
    const { getAppliedMigrations } = await import("surql/history");
    const database = await this.database();
    const found = await findSquashes(database, migrations, await getAppliedMigrations(database));
    for (const { squash, rows, missing } of found) {
      const applied = rows.map(({ version }) => version).join(", ");
      this.output.note(
        missing.length === 0
          ? `${squash.version} stands for ${applied}, which are applied: surql migrate squash --apply`
          : `${squash.version} stands for ${applied}, which are applied, and for ${missing.join(", ")}, which are not: it can neither be recorded nor run.`,
      );
    }
  }
}
