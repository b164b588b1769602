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
    const squashes = await this.#squashes(migrations);
    for (const { version, applied, missing } of squashes) {
      this.output.note(
        missing.length === 0
          ? `${version} stands for ${applied.join(", ")}, which are applied: surql migrate squash --apply`
          : `${version} stands for ${applied.join(", ")}, which are applied, and for ${missing.join(", ")}, which are not: it can neither be recorded nor run.`,
      );
    }
    const { withProofs } = await import("../../recorded-proofs.ts");
    const document = {
      ...(await withProofs(status, this.settings.directory, migrations)),
      ...(await severalHeads(migrations)),
      ...(squashes.length > 0 && { squashes }),
    };
    await this.show(document, { table: renderStatus });
  }

  /** Until a squash is recorded, what it stands for looks missing. */
  async #squashes(migrations: readonly Migration[]): Promise<readonly OpenSquash[]> {
    if (migrations.every(({ replaces }) => replaces === undefined)) return [];
    const { findSquashes } = await import("surql/executor");
    const { getAppliedMigrations } = await import("surql/history");
    const database = await this.database();
    const found = await findSquashes(database, migrations, await getAppliedMigrations(database));
    return found.map(({ squash, rows, missing }) => ({
      version: squash.version,
      applied: rows.map(({ version }) => version),
      missing,
    }));
  }
}

/** A squash that the history does not know yet. */
interface OpenSquash {
  readonly version: string;
  /** The versions that it stands for, and that are applied. */
  readonly applied: readonly string[];
  /** Those that are not. */
  readonly missing: readonly string[];
}
